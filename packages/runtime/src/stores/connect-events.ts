import type { RedisConfig } from '../config.ts'
import type { Logger } from '../declare/logger.ts'
import type { ConnectEventBridge } from '../pubsub/event-bridge.ts'

/** How events reach other processes: through Redis, if there is one. Its client is loaded on first use. */
export function createEventConnector(
  { url }: RedisConfig,
  logger: Logger,
): ConnectEventBridge | undefined {
  if (url === undefined) return undefined
  return async (options) => {
    const { createRedisEventBridge } = await import('./redis/redis-event-bridge.ts')
    return createRedisEventBridge({ url, logger, ...options })
  }
}
