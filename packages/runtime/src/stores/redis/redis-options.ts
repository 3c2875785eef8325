/** The options of a connection, for ioredis and for BullMQ alike. */
export interface RedisServer {
  readonly host: string
  readonly port: number
  readonly username?: string
  readonly password?: string
  readonly db?: number
  readonly tls?: Record<never, never>
  readonly maxRetriesPerRequest: null
}

/** The parts of a Redis URL, `redis://user:password@host:port/db` or `rediss://…`. */
export function readRedisUrl(text: string): RedisServer {
  const url = new URL(text)
  const database = url.pathname.slice(1)
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1') || '127.0.0.1',
    port: url.port === '' ? 6379 : Number(url.port),
    ...(url.username && { username: decodeURIComponent(url.username) }),
    ...(url.password && { password: decodeURIComponent(url.password) }),
    ...(database && { db: Number(database) }),
    ...(url.protocol === 'rediss:' && { tls: {} }),
    // Commands wait for a connection that comes back, instead of failing after some tries.
    maxRetriesPerRequest: null,
  }
}
