import { setTimeout as delay } from 'node:timers/promises'

import { createPostgresBackend, type PgPool, type PostgresQueueBackend } from 'bullmq'

import type { CreateBackend } from '../bullmq/backend.ts'

/** Waits that end sooner than this, in ms, without a job may be a loop that spins. */
const suspiciouslyShort = 20
const longestBackOff = 250

/**
 * BullMQ's own Postgres backend on a pool of ours. When a job waits that nobody may take, its wait ends
 * at once, again and again, and its worker would spin; here such waits become longer and longer.
 */
export function createPatientBackend(pool: PgPool): CreateBackend {
  return (name, options, parts) => {
    const backend = createPostgresBackend(name, { ...options, connection: pool }, parts)
    makePatient(backend)
    return backend
  }
}

function makePatient(backend: PostgresQueueBackend): void {
  const waitForJob = backend.waitForJob.bind(backend)
  const moveToActive = backend.moveToActive.bind(backend)
  let fruitless = 0
  backend.waitForJob = async (timeout) => {
    if (fruitless > 3 && !backend.closing) {
      await delay(Math.min(longestBackOff, 2 ** fruitless))
    }
    const began = performance.now()
    const marker = await waitForJob(timeout)
    fruitless = performance.now() - began < suspiciouslyShort ? fruitless + 1 : 0
    return marker
  }
  backend.moveToActive = async (...given) => {
    const next = await moveToActive(...given)
    if (next[0]) fruitless = 0
    return next
  }
}
