import { createRedisBackend } from 'bullmq'
import { Redis } from 'ioredis'

import type { Logger } from '../../declare/logger.ts'
import { NeemataError } from '../../errors/neemata-error.ts'
import type { CreateBackend, StoreBackend } from '../bullmq/backend.ts'
import { createBullStore } from '../bullmq/bull-store.ts'
import { createLockKeeper } from '../bullmq/lock-keeper.ts'
import { connectLocks } from '../bullmq/locks.ts'
import type { JobStore, RedisAddress, Store } from '../store.ts'
import { runAlone } from './redis-exclusion.ts'
import { readRedisUrl } from './redis-options.ts'
import { createRedisSignals } from './redis-signals.ts'

export interface RedisStoreOptions {
  readonly url: string
  readonly logger: Logger
}

/** How long the first connection may take, in ms, before the start-up fails. */
const connectTimeout = 10_000

/**
 * Connects to the Redis server that several processes may share.
 * @throws NeemataError NM7603 if it can't be reached
 */
export async function openRedisStore({ url, logger }: RedisStoreOptions): Promise<Store> {
  await checkServer(url)
  const backend = createBackend(url)
  const keeper = createLockKeeper(backend)
  const jobs = createBullStore(backend, undefined)
  const { host, port } = readRedisUrl(url)
  logger.info({ host, port }, 'jobs store on Redis')
  return {
    kind: 'redis',
    jobs,
    createAddress() {
      const locks = keeper.createPort()
      return { address: { type: 'redis', url, locks }, transfer: [locks] }
    },
    async close() {
      await keeper.close()
      await jobs.close()
    },
  }
}

export function connectRedisStore({ url, locks }: RedisAddress): JobStore {
  return createBullStore(createBackend(url), connectLocks(locks))
}

function createBackend(url: string): StoreBackend {
  // Not a client, but options: BullMQ makes its own, of which some block.
  const connection = readRedisUrl(url)
  const create: CreateBackend = (name, options, parts) =>
    createRedisBackend(name, { ...options, connection }, parts)
  return {
    create,
    signals: createRedisSignals(url),
    exclusive: (run) => runAlone(url, run),
  }
}

/** Once the system runs, it waits for a lost server; but a wrong address must show at the start. */
async function checkServer(url: string): Promise<void> {
  const client = new Redis({
    ...readRedisUrl(url),
    lazyConnect: true,
    connectTimeout,
    retryStrategy: () => null,
  })
  let cause: unknown
  client.on('error', (error) => (cause = error))
  try {
    await client.connect()
    await client.ping()
  } catch (error) {
    const { host, port } = readRedisUrl(url)
    const reason = cause ?? error
    const message = reason instanceof Error ? reason.message : String(reason)
    throw new NeemataError('NM7603', `Redis at ${host}:${port} can not be reached: ${message}`, {
      cause: reason,
    })
  } finally {
    client.disconnect()
  }
}
