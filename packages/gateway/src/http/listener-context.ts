import { randomBytes } from 'node:crypto'

import type { Limits } from '../limits.ts'
import type { TransportContext } from '../transport.ts'
import { createCorsPolicy } from './cors.ts'
import type { ExchangeContext } from './exchange-context.ts'
import { HttpConnections } from './http-connections.ts'
import type { HttpExchange } from './http-exchange.ts'
import type { HttpTransportOptions } from './http-transport.ts'
import { createRouteIndex, type RouteIndex } from './route-index.ts'

/** What the requests of one listener share, and who they are. */
export class ListenerContext implements ExchangeContext {
  readonly transport: string
  readonly host: ExchangeContext['host']
  readonly limits: Limits
  readonly decodeOptions: ExchangeContext['decodeOptions']
  readonly logger: ExchangeContext['logger']
  readonly cors: ExchangeContext['cors']
  draining = false
  readonly connections: HttpConnections = new HttpConnections()
  private readonly idPrefix = `${randomBytes(6).toString('hex')}-`
  private count = 0
  private index: RouteIndex

  constructor(transport: string, context: TransportContext, options: HttpTransportOptions) {
    this.transport = transport
    this.host = context.host
    this.limits = context.limits
    this.decodeOptions = { maxDepth: context.limits.decodeDepth }
    this.logger = context.logger
    this.cors = createCorsPolicy(options.cors)
    this.index = createRouteIndex(context.host.routes(), transport)
  }

  routes(): RouteIndex {
    const table = this.host.routes()
    if (table !== this.index.table) this.index = createRouteIndex(table, this.transport)
    return this.index
  }

  nextId(): string {
    return this.idPrefix + (this.count++).toString(36)
  }

  finished(exchange: HttpExchange): void {
    this.connections.remove(exchange)
  }
}
