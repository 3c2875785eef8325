import type { IncomingMessage, Server } from 'node:http'
import type { Socket } from 'node:net'

import { rejectSocket } from './client-error.ts'
import { readPath } from './target.ts'

/** A request that wants to speak another protocol on its connection. */
export interface UpgradeRequest {
  readonly request: IncomingMessage
  readonly socket: Socket
  /** What came after the request's head. */
  readonly head: Buffer
  readonly remoteAddress: string
}

export type UpgradeHandler = (upgrade: UpgradeRequest) => void

/** Who takes over connections of an HTTP server, by path. */
export class Upgrades {
  private readonly handlers = new Map<string, UpgradeHandler>()

  /** Whether nobody wants any, so that the server may go on ignoring them. */
  get isEmpty(): boolean {
    return this.handlers.size === 0
  }

  set(path: string, handler: UpgradeHandler | undefined): void {
    if (handler) this.handlers.set(path, handler)
    else this.handlers.delete(path)
  }

  handle(server: Server, upgrade: UpgradeRequest): void {
    const { request, socket } = upgrade
    // Whoever takes the socket over brings a handler of its own.
    socket.on('error', () => socket.destroy())
    if (!isWebSocket(request)) return replayRequest(server, upgrade)
    const handler = this.handlers.get(readPath(request.url ?? '/'))
    if (handler) return handler(upgrade)
    const message = 'There is no WebSocket here.'
    rejectSocket(socket, { error: { code: 'not_found', message } })
  }
}

/** Whether a request asks for a WebSocket. */
export function isWebSocket({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() === 'websocket'
}

/**
 * Serves a request as if it had not asked. A server may ignore an `Upgrade`, and clients that offer
 * HTTP/2 rely on it; but Node before 24.9, which has no `shouldUpgradeCallback`, takes every request that
 * asks for one away from its parser, so it is fed to a new one.
 */
function replayRequest(server: Server, { request, socket, head }: UpgradeRequest): void {
  const lines = [`${request.method} ${request.url} HTTP/${request.httpVersion}`]
  const { rawHeaders } = request
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? ''
    if (!hopHeaders.has(name.toLowerCase())) lines.push(`${name}: ${rawHeaders[i + 1]}`)
  }
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]))
  server.emit('connection', socket)
}

const hopHeaders: ReadonlySet<string> = new Set(['connection', 'upgrade', 'http2-settings'])
