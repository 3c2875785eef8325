import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'

import { GatewayError } from '../gateway-error.ts'
import type { Limits } from '../limits.ts'
import type { Transport, TransportAddress, TransportContext } from '../transport.ts'
import { closeSoon, readClientError, rejectSocket } from './client-error.ts'
import { createCorsPolicy } from './cors.ts'
import type { ExchangeContext } from './exchange-context.ts'
import { HttpExchange } from './http-exchange.ts'
import type { HttpTransportOptions } from './http-transport.ts'
import { createListenError, formatAuthority } from './listen-error.ts'
import { createRouteIndex, type RouteIndex } from './route-index.ts'

/**
 * An HTTP server in front of the host. It is *new*, then *listening*; when *draining* it still accepts
 * connections, so that callers and probes get an answer instead of a reset; then *stopped*.
 */
export class HttpListener implements Transport {
  readonly name: string
  private readonly options: HttpTransportOptions
  private server: Server | undefined
  private context: ListenerContext | undefined
  private bound: TransportAddress | undefined
  private stopping: Promise<void> | undefined
  private readonly sockets = new Set<Socket>()

  constructor(name: string, options: HttpTransportOptions) {
    this.name = name
    this.options = options
  }

  async start(context: TransportContext): Promise<void> {
    if (this.server !== undefined) throw createStartedError(this.name)
    const shared = new ListenerContext(this.name, context, this.options)
    const server = createServer(resolveServerOptions(context.limits))
    server.maxConnections = context.limits.connections
    this.context = shared
    this.server = server
    this.attach(server, shared)
    await this.listen(server)
    server.on('error', (error) => {
      context.logger.error({ err: error, transport: this.name }, 'The HTTP listener failed.')
    })
  }

  drain(): void {
    if (this.context !== undefined) this.context.draining = true
  }

  stop({ timeout }: { readonly timeout: number }): Promise<void> {
    this.stopping ??= this.close(timeout)
    return this.stopping
  }

  address(): TransportAddress | undefined {
    return this.bound
  }

  private attach(server: Server, context: ListenerContext): void {
    server.on('request', (request, response) => handle(context, request, response, false))
    server.on('checkContinue', (request, response) => handle(context, request, response, true))
    server.on('connection', (socket: Socket) => {
      this.sockets.add(socket)
      socket.once('close', () => this.sockets.delete(socket))
    })
    server.on('connect', (_request: IncomingMessage, socket: Duplex) => {
      const error = { code: 'method_not_allowed', message: 'CONNECT is not allowed.' } as const
      rejectSocket(socket, { error }, 'Allow: GET, HEAD, POST, OPTIONS\r\n')
    })
    const seen = new WeakSet<Duplex>()
    server.on('clientError', (error: Error, socket: Duplex) => {
      // The parser reports again for each piece that follows the first bad one.
      if (seen.has(socket)) return
      seen.add(socket)
      context.handleClientError(error, socket)
    })
  }

  private listen(server: Server): Promise<void> {
    const { host, port } = this.options
    return new Promise((resolve, reject) => {
      const fail = (cause: unknown): void => {
        this.server = undefined
        reject(createListenError({ transport: this.name, host, port }, cause))
      }
      server.once('error', fail)
      try {
        server.listen({ host, port }, () => {
          server.off('error', fail)
          this.bound = { transport: this.name, url: readUrl(server, host) }
          resolve()
        })
      } catch (cause) {
        fail(cause)
      }
    })
  }

  private async close(timeout: number): Promise<void> {
    const { server, context } = this
    if (server === undefined || context === undefined) return
    const deadline = performance.now() + timeout
    this.drain()
    await context.waitUntilIdle(timeout)
    this.bound = undefined
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    context.abandon()
    for (const socket of this.sockets) socket.destroySoon()
    const timer = setTimeout(() => server.closeAllConnections(), Math.max(0, deadline - performance.now()))
    await closed
    clearTimeout(timer)
  }
}

class ListenerContext implements ExchangeContext {
  readonly transport: string
  readonly host: ExchangeContext['host']
  readonly limits: Limits
  readonly decodeOptions: ExchangeContext['decodeOptions']
  readonly logger: ExchangeContext['logger']
  readonly cors: ExchangeContext['cors']
  draining = false
  private readonly active = new Set<HttpExchange>()
  private readonly idPrefix = `${randomBytes(6).toString('hex')}-`
  private count = 0
  private index: RouteIndex
  private onIdle: (() => void) | undefined

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

  /** What comes while draining is refused at once, so nobody waits for it. */
  started(exchange: HttpExchange): void {
    if (!this.draining) this.active.add(exchange)
  }

  finished(exchange: HttpExchange): void {
    this.active.delete(exchange)
    if (this.active.size === 0) this.onIdle?.()
  }

  /** Resolves when the last answer has left, or after `timeout` ms. */
  waitUntilIdle(timeout: number): Promise<void> {
    if (this.active.size === 0) return Promise.resolve()
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, timeout)
      this.onIdle = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  /** Ends the calls that are out of time, with their connections. */
  abandon(): void {
    for (const exchange of this.active) {
      exchange.request.socket.destroy()
      exchange.close()
    }
  }

  handleClientError(error: Error, socket: Duplex): void {
    const rejection = readClientError(error)
    if (rejection === undefined) return void socket.destroy()
    const pending = [...this.active].filter(({ request }) => request.socket === socket)
    if (pending.length === 0) return rejectSocket(socket, rejection)
    // Answers that are due go first; a request whose own body broke gets this as its answer.
    for (const exchange of pending) {
      exchange.response.shouldKeepAlive = false
      if (exchange.isReceiving) exchange.refuse(rejection.error, rejection.status)
    }
    pending.at(-1)?.response.once('close', () => closeSoon(socket))
  }
}

function handle(
  context: ListenerContext,
  request: IncomingMessage,
  response: ServerResponse,
  awaitsContinue: boolean,
): void {
  const exchange = new HttpExchange(context, request, response)
  exchange.awaitsContinue = awaitsContinue
  context.started(exchange)
  response.on('close', () => exchange.close())
  try {
    exchange.handle()
  } catch (error) {
    exchange.fail(error)
  }
}

function resolveServerOptions(limits: Limits) {
  const { headerSize, headersTimeout, requestTimeout, keepAliveTimeout } = limits
  const shortest = Math.min(headersTimeout || Infinity, requestTimeout || Infinity)
  return {
    maxHeaderSize: headerSize,
    headersTimeout: Math.min(headersTimeout, requestTimeout || Infinity),
    requestTimeout,
    keepAliveTimeout,
    // Node looks for late requests this often, so that they live a quarter longer at most.
    connectionsCheckingInterval: Math.min(Math.max(shortest / 4, 50), 1_000),
    joinDuplicateHeaders: true,
    requireHostHeader: false,
  }
}

function readUrl(server: Server, host: string): string {
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const wildcard = host === '0.0.0.0' || host === '::' || host === ''
  return `http://${formatAuthority(wildcard ? 'localhost' : host, port)}`
}

function createStartedError(name: string): GatewayError {
  return new GatewayError({
    code: 'already_started',
    message: `The transport "${name}" was started before.`,
    remedy: 'Make another one with createHttpTransport().',
  })
}
