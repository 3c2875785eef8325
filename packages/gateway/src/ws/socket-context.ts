import type { GatewayHost } from '../host.ts'
import type { RouteIndex } from '../http/route-index.ts'
import type { Limits } from '../limits.ts'
import type { GatewayLogger } from '../logger.ts'
import type { SocketConnection } from './socket-connection.ts'

/** What all connections of one WebSocket transport share. */
export interface SocketContext {
  /** The transport's name in the config. */
  readonly transport: string
  readonly host: GatewayHost
  readonly limits: Limits
  readonly logger: GatewayLogger
  /** While draining: streams have had their time. */
  areStreamsOver(): boolean
  routes(): RouteIndex
  /** A name for a connection or an error that no other process uses. */
  nextId(): string
  /** Called once, when a connection has closed. */
  closed(connection: SocketConnection): void
}
