import { randomBytes } from 'node:crypto'

import type { WebSocket, WebSocketServer } from 'ws'

import { GatewayError } from '../gateway-error.ts'
import type { Connection } from '../host.ts'
import { rejectSocket } from '../http/client-error.ts'
import { joinHeaders } from '../http/http-connection.ts'
import { createRouteIndex, type RouteIndex } from '../http/route-index.ts'
import type { UpgradeRequest } from '../http/upgrades.ts'
import { jsonSubprotocol } from '../protocol/frames.ts'
import type { WireError } from '../protocol/wire-error.ts'
import { streamGrace } from '../streams/stream-grace.ts'
import type { Transport, TransportAddress, TransportContext } from '../transport.ts'
import { checkUpgrade } from './check-upgrade.ts'
import { judgeOrigin } from './origin-policy.ts'
import { SocketConnection } from './socket-connection.ts'
import type { SocketContext } from './socket-context.ts'
import type { WebSocketTransportOptions } from './websocket-transport.ts'

/**
 * The WebSockets on an HTTP server's port. It is *new*, then *open*; when *draining* it refuses new
 * connections, and each that it has closes with its last call; then *stopped*.
 */
export class WebSocketListener implements Transport {
  readonly name: string
  private readonly options: WebSocketTransportOptions
  private readonly connections = new Set<SocketConnection>()
  private readonly idPrefix = `${randomBytes(6).toString('hex')}-`
  private server: WebSocketServer | undefined
  private index: RouteIndex | undefined
  private heartbeat: NodeJS.Timeout | undefined
  private streamsEnd: NodeJS.Timeout | undefined
  private state: 'new' | 'open' | 'draining' | 'stopped' = 'new'
  private areStreamsOver = false
  private count = 0
  private onEmpty: (() => void) | undefined
  private stopping: Promise<void> | undefined

  constructor(name: string, options: WebSocketTransportOptions) {
    this.name = name
    this.options = options
  }

  async start(context: TransportContext): Promise<void> {
    if (this.state !== 'new') throw createStartedError(this.name)
    this.state = 'open'
    this.index = createRouteIndex(context.host.routes(), this.name)
    // Here, so that a system without WebSockets doesn't load it.
    const { WebSocketServer } = await import('ws')
    this.server = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      maxPayload: context.limits.frameSize,
      perMessageDeflate: false,
      handleProtocols: () => jsonSubprotocol,
    })
    this.heartbeat = setInterval(() => this.probeAll(), context.limits.pingInterval)
    const shared = this.createContext(context)
    this.options.listen.handleUpgrades(this.options.path, (upgrade) => this.accept(upgrade, shared))
  }

  drain(): void {
    if (this.state !== 'open') return
    this.state = 'draining'
    for (const connection of this.connections) connection.drain()
    this.streamsEnd = setTimeout(() => {
      this.areStreamsOver = true
      for (const connection of this.connections) connection.endStreams()
    }, streamGrace)
  }

  stop({ timeout }: { readonly timeout: number }): Promise<void> {
    this.stopping ??= this.close(timeout)
    return this.stopping
  }

  address(): TransportAddress | undefined {
    const { listen, path } = this.options
    const url = listen.address()?.url
    const isListening = this.state === 'open' || this.state === 'draining'
    if (url === undefined || !isListening) return undefined
    return { transport: this.name, url: url.replace(/^http/, 'ws') + path }
  }

  private createContext(context: TransportContext): SocketContext {
    return {
      transport: this.name,
      host: context.host,
      limits: context.limits,
      logger: context.logger,
      areStreamsOver: () => this.areStreamsOver,
      routes: () => this.routes(context),
      nextId: () => this.nextId(),
      closed: (connection) => this.forget(connection),
    }
  }

  private routes({ host }: TransportContext): RouteIndex {
    const table = host.routes()
    if (this.index?.table !== table) this.index = createRouteIndex(table, this.name)
    return this.index
  }

  private nextId(): string {
    return this.idPrefix + (this.count++).toString(36)
  }

  private accept(upgrade: UpgradeRequest, context: SocketContext): void {
    const { request, socket, head } = upgrade
    if (this.state !== 'open') return rejectSocket(socket, { error: goingAway }, retryAfter)
    const rejection = checkUpgrade(request)
    if (rejection) return rejectSocket(socket, rejection, wantedVersion)
    const verdict = judgeOrigin(request.headers, this.options.listen.cors)
    if (verdict === 'refused') return rejectSocket(socket, { error: strangeOrigin })
    const connection = this.describe(upgrade, verdict === 'trusted')
    this.server?.handleUpgrade(request, socket, head, (webSocket) => {
      this.connect(webSocket, context, connection)
    })
  }

  private connect(socket: WebSocket, context: SocketContext, connection: Connection): void {
    this.connections.add(new SocketConnection({ context, socket, connection }))
  }

  private describe({ request, remoteAddress }: UpgradeRequest, isTrusted: boolean): Connection {
    const headers = joinHeaders(request)
    return {
      id: this.nextId(),
      transport: this.name,
      protocol: 'ws',
      headers: isTrusted ? headers : { ...headers, cookie: undefined, authorization: undefined },
      remoteAddress,
    }
  }

  private probeAll(): void {
    for (const connection of this.connections) connection.probe()
  }

  private forget(connection: SocketConnection): void {
    this.connections.delete(connection)
    if (this.connections.size === 0) this.onEmpty?.()
  }

  private async close(timeout: number): Promise<void> {
    const deadline = performance.now() + timeout
    this.drain()
    await this.waitUntilEmpty(timeout)
    this.state = 'stopped'
    this.options.listen.handleUpgrades(this.options.path, undefined)
    clearInterval(this.heartbeat)
    clearTimeout(this.streamsEnd)
    for (const connection of this.connections) {
      connection.close('going_away', 'The server shuts down.')
    }
    await this.waitUntilEmpty(Math.max(deadline - performance.now(), lastWords))
    for (const connection of this.connections) connection.terminate()
  }

  /** Resolves when the last connection has closed, or after `timeout` ms. */
  private waitUntilEmpty(timeout: number): Promise<void> {
    if (this.connections.size === 0) return Promise.resolve()
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, timeout)
      this.onEmpty = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}

/** Milliseconds for the close frames to leave, when the shutdown has no time left. */
const lastWords = 50

const goingAway: WireError = {
  code: 'unavailable',
  message: 'The server is shutting down. Try again.',
}

const strangeOrigin: WireError = {
  code: 'forbidden',
  message: 'Pages of this origin may not connect.',
}

const retryAfter = 'Retry-After: 1\r\n'
const wantedVersion = 'Sec-WebSocket-Version: 13\r\n'

function createStartedError(name: string): GatewayError {
  return new GatewayError({
    code: 'already_started',
    message: `The transport "${name}" was started before.`,
    remedy: 'Make another one with createWebSocketTransport().',
  })
}
