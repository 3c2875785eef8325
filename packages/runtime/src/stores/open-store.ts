import { join } from 'node:path'

import type { RedisConfig } from '../config.ts'
import type { Logger } from '../declare/logger.ts'
import type { Store } from './store.ts'

export interface OpenStoreOptions {
  readonly redis: RedisConfig
  readonly logger: Logger
  /** Where the embedded store lies, or `memory://`. Default: `.neemata/jobs` in the working directory. */
  readonly directory?: string | undefined
}

/**
 * Opens the store of a process: on Redis where the configuration has its address, else the embedded one.
 * The engines are only loaded here.
 * @throws NeemataError NM7601 to NM7603
 */
export async function openStore({ redis, logger, directory }: OpenStoreOptions): Promise<Store> {
  if (redis.url !== undefined) {
    const { openRedisStore } = await import('./redis/redis-store.ts')
    return openRedisStore({ url: redis.url, logger })
  }
  const { openEmbeddedStore } = await import('./embedded/embedded-store.ts')
  return openEmbeddedStore({
    directory: directory ?? join(process.cwd(), '.neemata/jobs'),
    logger,
  })
}
