import { ApiError } from '../api-error.ts'
import { createDeadline } from '../call-deadline.ts'
import type { ConnectionState, WebSocketClass, WsClientOptions } from '../client-options.ts'
import { ConnectionError } from '../connection-error.ts'
import type { Reply } from '../reply.ts'
import type { Transport, TransportRequest } from '../transport.ts'
import { backoffDelay } from './backoff.ts'
import { SocketCall } from './socket-call.ts'
import { type LinkEnd, SocketLink } from './socket-link.ts'
import { createSocketUrl } from './socket-url.ts'

/**
 * Sends calls over one socket at a time. The states are those of `ConnectionState`; a socket whose server
 * goes away lives on beside its successor until its calls have ended.
 */
export class WsTransport implements Transport {
  readonly #options: WsClientOptions
  readonly #WebSocket: WebSocketClass
  readonly #url: string
  readonly #links = new Set<SocketLink>()
  /** Calls that wait for a socket, in their order. */
  readonly #queue = new Set<SocketCall>()
  #link: SocketLink | undefined
  #state: ConnectionState = 'idle'
  #timer: ReturnType<typeof setTimeout> | undefined
  #failures = 0
  /** Why there is no socket. */
  #failure: Error | undefined
  #calls = 0

  /** @throws {TypeError} where the platform has no `WebSocket` and none was given */
  constructor(options: WsClientOptions) {
    this.#options = options
    this.#WebSocket = options.WebSocket ?? findWebSocket()
    this.#url = createSocketUrl(options.url, options.path ?? '/ws')
  }

  async send({ procedure, input, timeout, signals }: TransportRequest): Promise<Reply> {
    if (this.#state === 'closed') throw closedError()
    for (const signal of signals) signal.throwIfAborted()
    const call = new SocketCall(++this.#calls, { procedure, input })
    const deadline = createDeadline({ signals, timeout })
    const abort = (): void => call.cancel(this.#explain(call, deadline.signal.reason))
    deadline.signal.addEventListener('abort', abort, { once: true })
    call.onOver = () => {
      deadline.dispose()
      this.#queue.delete(call)
    }
    this.#dispatch(call)
    const reply = await call.reply
    deadline.stopTimer()
    return reply
  }

  close(): void {
    if (this.#state === 'closed') return
    clearTimeout(this.#timer)
    this.#setState('closed')
    for (const link of this.#links) link.close(closedError())
    this.#links.clear()
    this.#refuseQueue(closedError())
  }

  #dispatch(call: SocketCall): void {
    if (this.#link?.isOpen === true) return this.#link.run(call)
    this.#queue.add(call)
    if (this.#state === 'idle') void this.#connect()
  }

  async #connect(): Promise<void> {
    this.#link = undefined
    this.#setState('connecting')
    try {
      const { authorization } = this.#options
      const given = typeof authorization === 'function' ? await authorization() : authorization
      if (this.#isConnecting()) this.#open(given)
    } catch (error) {
      // The application's own function failed, or the URL is none: those who wait should know.
      if (!this.#isConnecting()) return
      this.#setState('idle')
      this.#refuseQueue(error)
    }
  }

  #open(authorization: string | undefined): void {
    const link: SocketLink = new SocketLink({
      WebSocket: this.#WebSocket,
      url: this.#url,
      authorization,
      pingInterval: this.#options.pingInterval ?? 30_000,
      onOpen: () => this.#opened(link),
      onGoingAway: () => void this.#connect(),
      onClose: (end) => this.#lost(link, end),
    })
    this.#links.add(link)
    this.#link = link
  }

  #opened(link: SocketLink): void {
    this.#setState('open')
    for (const call of this.#queue) {
      this.#queue.delete(call)
      link.run(call)
    }
  }

  #lost(link: SocketLink, { error, retry }: LinkEnd): void {
    this.#links.delete(link)
    // A socket that was left behind: its successor is on its way.
    if (this.#link !== link || this.#state === 'closed') return
    this.#failures = link.hasHeard ? 1 : this.#failures + 1
    this.#link = undefined
    this.#failure = error
    if (retry === 'never') {
      this.#setState('idle')
      this.#refuseQueue(error)
    } else if (retry === 'at-once') {
      void this.#connect()
    } else {
      this.#setState('waiting')
      this.#timer = setTimeout(() => void this.#connect(), backoffDelay(this.#failures))
    }
  }

  /** Who waited for a socket in vain should know why there was none. */
  #explain(call: SocketCall, reason: unknown): unknown {
    const cause = this.#failure
    if (!(reason instanceof ApiError) || !this.#queue.has(call) || !cause) return reason
    const { code, message } = reason
    return new ApiError({ code, message: `${message} ${cause.message}`, cause })
  }

  #refuseQueue(error: unknown): void {
    for (const call of this.#queue) call.fail(error)
  }

  #isConnecting(): boolean {
    return this.#state === 'connecting'
  }

  #setState(state: ConnectionState): void {
    if (this.#state === state) return
    this.#state = state
    this.#options.onStateChange?.(state)
  }
}

function findWebSocket(): WebSocketClass {
  const { WebSocket } = globalThis as { readonly WebSocket?: WebSocketClass }
  if (WebSocket !== undefined) return WebSocket
  throw new TypeError(
    'This platform has no WebSocket. Pass one: createClient({ transport: "ws", WebSocket, … }) with ' +
      '`import { WebSocket } from "ws"`.',
  )
}

function closedError(): ConnectionError {
  return new ConnectionError('The client was closed.')
}
