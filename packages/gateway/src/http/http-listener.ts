import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'

import { GatewayError } from '../gateway-error.ts'
import type { Limits } from '../limits.ts'
import type { WireError } from '../protocol/wire-error.ts'
import type { TransportAddress, TransportContext } from '../transport.ts'
import { rejectSocket } from './client-error.ts'
import { HttpExchange } from './http-exchange.ts'
import type { HttpTransport, HttpTransportOptions } from './http-transport.ts'
import { streamGrace } from '../streams/stream-grace.ts'
import { createListenError, formatAuthority } from './listen-error.ts'
import { ListenerContext } from './listener-context.ts'
import { isWebSocket, type UpgradeHandler, Upgrades } from './upgrades.ts'

/**
 * An HTTP server in front of the host. It is *new*, then *listening*; when *draining* it still accepts
 * connections, so that callers and probes get an answer instead of a reset; then *stopped*.
 */
export class HttpListener implements HttpTransport {
  readonly name: string
  private readonly options: HttpTransportOptions
  private readonly upgrades = new Upgrades()
  private server: Server | undefined
  private context: ListenerContext | undefined
  private bound: TransportAddress | undefined
  private streamsEnd: NodeJS.Timeout | undefined
  private stopping: Promise<void> | undefined

  constructor(name: string, options: HttpTransportOptions) {
    this.name = name
    this.options = options
  }

  async start(context: TransportContext): Promise<void> {
    if (this.server !== undefined) throw createStartedError(this.name)
    const shared = new ListenerContext(this.name, context, this.options)
    // Node 20 doesn't know the callback, and leaves every upgrade to `upgrades`.
    const shouldUpgradeCallback = (request: IncomingMessage): boolean =>
      !this.upgrades.isEmpty && isWebSocket(request)
    const server = createServer(
      Object.assign(resolveServerOptions(context.limits), { shouldUpgradeCallback }),
    )
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
    const { context } = this
    if (context === undefined || context.draining) return
    context.draining = true
    this.streamsEnd = setTimeout(() => context.connections.endStreams(), streamGrace)
  }

  stop({ timeout }: { readonly timeout: number }): Promise<void> {
    this.stopping ??= this.close(timeout)
    return this.stopping
  }

  address(): TransportAddress | undefined {
    return this.bound
  }

  get cors(): HttpTransport['cors'] {
    return this.options.cors
  }

  handleUpgrades(path: string, handler: UpgradeHandler | undefined): void {
    this.upgrades.set(path, handler)
    if (this.server) this.listenForUpgrades(this.server)
  }

  /** Node leaves requests with an `Upgrade` to whoever listens; nobody must, if nobody wants them. */
  private listenForUpgrades(server: Server): void {
    server.off('upgrade', this.upgrade)
    if (!this.upgrades.isEmpty) server.on('upgrade', this.upgrade)
  }

  private readonly upgrade = (request: IncomingMessage, duplex: Duplex, head: Buffer): void => {
    const socket = duplex as Socket
    const client = this.context?.connections.of(socket)
    // Before the answers that are due on the same connection there is no room for another protocol.
    if (!client || !this.server || client.exchanges.size > 0) return void socket.destroy()
    const { remoteAddress } = client
    this.context?.connections.release(client)
    this.upgrades.handle(this.server, { request, socket, head, remoteAddress })
  }

  private attach(server: Server, context: ListenerContext): void {
    server.on('request', (request, response) => handle(context, request, response, false))
    server.on('checkContinue', (request, response) => handle(context, request, response, true))
    server.on('connection', (socket) => {
      context.connections.open(socket)
    })
    server.on('connect', (_request: IncomingMessage, socket: Duplex) => {
      const error = { code: 'method_not_allowed', message: 'CONNECT is not allowed.' } as const
      rejectSocket(socket, { error }, 'Allow: GET, HEAD, POST, OPTIONS\r\n')
    })
    this.listenForUpgrades(server)
    const seen = new WeakSet<Duplex>()
    server.on('clientError', (error: Error, socket: Duplex) => {
      // The parser reports again for each piece that follows the first bad one.
      if (seen.has(socket)) return
      seen.add(socket)
      context.connections.handleError(error, socket)
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
    await context.connections.waitUntilIdle(timeout)
    clearTimeout(this.streamsEnd)
    this.bound = undefined
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    context.connections.close()
    const left = Math.max(0, deadline - performance.now())
    const timer = setTimeout(() => context.connections.destroy(), left)
    await closed
    clearTimeout(timer)
  }
}

function handle(
  context: ListenerContext,
  request: IncomingMessage,
  response: ServerResponse,
  awaitsContinue: boolean,
): void {
  const client = context.connections.of(request.socket)
  // A socket that the shutdown has cut already.
  if (client === undefined) return
  const exchange = new HttpExchange(context, { client, request, response })
  exchange.awaitsContinue = awaitsContinue
  // What comes while draining is refused at once, so nobody waits for it.
  const admitted = context.draining || context.connections.add(exchange)
  response.on('close', () => exchange.close())
  try {
    if (admitted) exchange.handle()
    else exchange.refuse(tooManyPipelined)
  } catch (error) {
    exchange.fail(error)
  }
}

const tooManyPipelined: WireError = {
  code: 'too_many_requests',
  message: 'Too many calls wait for their answers on this connection.',
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
