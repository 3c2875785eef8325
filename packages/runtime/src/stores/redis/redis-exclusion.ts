import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'

import { Redis } from 'ioredis'

import { prefix } from '../bullmq/backend.ts'
import { readRedisUrl } from './redis-options.ts'

/** How long a process that died keeps the others waiting, and the longest that an owner is alone, in ms. */
const lease = 10_000
const retryAfter = 50

/** Gives the key up only if it is still ours. */
const release = `if redis.call('GET', KEYS[1]) == ARGV[1] then
  return redis.call('DEL', KEYS[1])
end
return 0`

/** Runs one after another what the processes on one Redis want to do alone. */
export async function runAlone<Result>(url: string, run: () => Promise<Result>): Promise<Result> {
  const key = `${prefix}:exclusive`
  const owner = randomUUID()
  const client = new Redis(readRedisUrl(url))
  // It connects again by itself, and commands wait for it.
  client.on('error', () => undefined)
  try {
    while ((await client.set(key, owner, 'PX', lease, 'NX')) === null) await delay(retryAfter)
    try {
      return await run()
    } finally {
      await client.eval(release, 1, key, owner)
    }
  } finally {
    client.disconnect()
  }
}
