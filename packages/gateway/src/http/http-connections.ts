import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'

import { closeSoon, readClientError, rejectSocket } from './client-error.ts'
import type { HttpExchange } from './http-exchange.ts'

/** An open socket, and the requests that it waits to see answered. */
export interface HttpClient {
  readonly socket: Socket
  /** Read once: asking the socket each time is slow. */
  readonly remoteAddress: string
  readonly exchanges: Set<HttpExchange>
}

/** The clients of a listener. */
export class HttpConnections {
  private readonly clients = new Map<Duplex, HttpClient>()
  private running = 0
  private onIdle: (() => void) | undefined

  open(socket: Socket): void {
    const remoteAddress = socket.remoteAddress ?? ''
    const client: HttpClient = { socket, remoteAddress, exchanges: new Set() }
    this.clients.set(socket, client)
    socket.once('close', () => this.forget(client))
  }

  of(socket: Socket): HttpClient | undefined {
    return this.clients.get(socket)
  }

  /** Forgets a connection that somebody else takes over. */
  release(client: HttpClient): void {
    this.clients.delete(client.socket)
  }

  /** `false`: too many requests of this client wait already. */
  add(exchange: HttpExchange): boolean {
    const { exchanges } = exchange.client
    if (exchanges.size >= maxPipelined) return false
    exchanges.add(exchange)
    this.running++
    return true
  }

  remove(exchange: HttpExchange): void {
    if (!exchange.client.exchanges.delete(exchange)) return
    this.running--
    if (this.running === 0) this.onIdle?.()
  }

  /** Ends streams that would keep a shutdown waiting. */
  endStreams(): void {
    for (const { exchanges } of this.clients.values()) {
      for (const exchange of exchanges) exchange.endStream()
    }
  }

  /** Resolves when the last answer has left, or after `timeout` ms. */
  waitUntilIdle(timeout: number): Promise<void> {
    if (this.running === 0) return Promise.resolve()
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, timeout)
      this.onIdle = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  /** Ends all connections: with a pending request at once, idle ones when what was written has left. */
  close(): void {
    for (const client of this.clients.values()) {
      if (client.exchanges.size === 0) client.socket.destroySoon()
      else this.cut(client)
    }
  }

  destroy(): void {
    for (const client of this.clients.values()) this.cut(client)
  }

  /** Answers what Node's parser refused, after the answers that are due on the same socket. */
  handleError(error: Error, socket: Duplex): void {
    const rejection = readClientError(error)
    if (rejection === undefined) return void socket.destroy()
    const exchanges = [...(this.clients.get(socket)?.exchanges ?? [])]
    if (exchanges.length === 0) return rejectSocket(socket, rejection)
    for (const exchange of exchanges) {
      exchange.response.shouldKeepAlive = false
      // A request whose own body broke gets this as its answer.
      if (exchange.isReceiving) exchange.refuse(rejection.error, rejection.status)
    }
    exchanges.at(-1)?.response.once('close', () => closeSoon(socket))
  }

  private cut(client: HttpClient): void {
    client.socket.destroy()
    this.forget(client)
  }

  /** Of pipelined requests, Node tells only the first that its client has gone. */
  private forget(client: HttpClient): void {
    for (const exchange of client.exchanges) exchange.close()
    if (this.clients.get(client.socket) === client) this.clients.delete(client.socket)
  }
}

/** A client that pipelines more is not waiting for answers. */
const maxPipelined = 64
