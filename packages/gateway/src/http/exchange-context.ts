import type { DecodeOptions } from '../formats/format.ts'
import type { GatewayHost } from '../host.ts'
import type { Limits } from '../limits.ts'
import type { GatewayLogger } from '../logger.ts'
import type { CorsPolicy } from './cors.ts'
import type { HttpExchange } from './http-exchange.ts'
import type { RouteIndex } from './route-index.ts'

/** What all requests of one listener share. */
export interface ExchangeContext {
  /** The transport's name in the config. */
  readonly transport: string
  readonly host: GatewayHost
  readonly limits: Limits
  readonly decodeOptions: DecodeOptions
  readonly logger: GatewayLogger
  readonly cors: CorsPolicy | undefined
  /** New calls are refused. */
  readonly draining: boolean
  routes(): RouteIndex
  /** A name for a connection that no other process uses. */
  nextId(): string
  /** Called once per exchange, when its answer has left or its client has gone. */
  finished(exchange: HttpExchange): void
}
