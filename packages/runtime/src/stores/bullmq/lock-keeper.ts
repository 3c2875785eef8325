import { MessageChannel, type MessagePort } from 'node:worker_threads'

import { connected, prefix, type StoreBackend } from './backend.ts'
import { lockDuration, lockRenewal } from './lock-times.ts'
import type { HeldJob, LockMessage } from './locks.ts'

/** Extends the locks of jobs that other threads run, for as long as those threads live. */
export interface LockKeeper {
  /** A line for one thread; when it breaks, the thread's locks run out. */
  createPort(): MessagePort
  close(): Promise<void>
}

const lockOptions = { connection: connected, prefix }

export function createLockKeeper({ create }: StoreBackend): LockKeeper {
  const backend = create('locks', lockOptions)
  backend.on('error', () => undefined)
  const threads = new Set<Map<string, HeldJob>>()
  const ports = new Set<MessagePort>()

  const renew = () => {
    for (const [queue, jobs] of groupByQueue(threads)) {
      const ids = jobs.map(({ id }) => id)
      const tokens = jobs.map(({ token }) => token)
      // A round that fails is made good by the next one, well before the locks run out.
      backend
        .forQueue(queue, prefix)
        .extendLocks(ids, tokens, lockDuration)
        .catch(() => undefined)
    }
  }
  const timer = setInterval(renew, lockRenewal)
  timer.unref()

  return {
    createPort() {
      const { port1, port2 } = new MessageChannel()
      const held = new Map<string, HeldJob>()
      threads.add(held)
      ports.add(port1)
      port1.on('message', ({ type, job }: LockMessage) => {
        if (type === 'hold') held.set(`${job.queue} ${job.id}`, job)
        else held.delete(`${job.queue} ${job.id}`)
      })
      port1.on('close', () => {
        threads.delete(held)
        ports.delete(port1)
      })
      port1.unref()
      return port2
    },
    async close() {
      clearInterval(timer)
      for (const port of ports) port.close()
      await backend.close()
    },
  }
}

function groupByQueue(threads: Iterable<ReadonlyMap<string, HeldJob>>): Map<string, HeldJob[]> {
  const groups = new Map<string, HeldJob[]>()
  for (const held of threads) {
    for (const job of held.values()) {
      const group = groups.get(job.queue)
      if (group) group.push(job)
      else groups.set(job.queue, [job])
    }
  }
  return groups
}
