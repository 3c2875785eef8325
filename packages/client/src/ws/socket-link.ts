import { FormatError, taggedJson } from '@neemata/gateway/formats'
import {
  closeCode,
  FrameError,
  jsonSubprotocol,
  readServerFrame,
  type ServerFrame,
} from '@neemata/gateway/protocol'

import { ApiError } from '../api-error.ts'
import type { ClientSocket, WebSocketClass } from '../client-options.ts'
import { ConnectionError } from '../connection-error.ts'
import { KeepAlive } from './keep-alive.ts'
import { encodeFrame, type SocketCall } from './socket-call.ts'

export interface SocketLinkOptions {
  readonly WebSocket: WebSocketClass
  readonly url: string
  readonly authorization: string | undefined
  readonly pingInterval: number
  readonly onOpen: () => void
  /** The server takes no new calls here; those that run go on. */
  readonly onGoingAway: () => void
  /** Told once; by then its calls have failed. */
  readonly onClose: (end: LinkEnd) => void
}

export interface LinkEnd {
  readonly error: Error
  /** `at-once`: the server asked for it. `never`: the next attempt would end the same way. */
  readonly retry: 'at-once' | 'later' | 'never'
}

/** Milliseconds that a socket may take to open. */
const openTimeout = 10_000

/** One socket, from its handshake to its end, with the calls that run on it. */
export class SocketLink {
  readonly #options: SocketLinkOptions
  readonly #socket: ClientSocket
  readonly #calls = new Map<number, SocketCall>()
  readonly #keepAlive: KeepAlive
  readonly #openTimer: ReturnType<typeof setTimeout>
  #hasHeard = false
  #hasOpened = false
  #isGoingAway = false
  #isOver = false

  constructor(options: SocketLinkOptions) {
    this.#options = options
    const { url, pingInterval } = options
    const socket = new options.WebSocket(url, [jsonSubprotocol])
    this.#socket = socket
    this.#keepAlive = new KeepAlive({
      interval: pingInterval,
      ask: () => socket.send(encodeFrame({ type: 'ping' })),
      onSilence: () => this.#drop(`${url} is silent.`),
    })
    this.#openTimer = setTimeout(() => this.#drop(`${url} does not answer.`), openTimeout)
    socket.addEventListener('open', () => this.#opened())
    socket.addEventListener('message', ({ data }) => this.#receive(data))
    socket.addEventListener('close', ({ code, reason }) => this.#over(this.#explain(code, reason)))
    // What it was about, no platform says; the close that follows is all there is.
    socket.addEventListener('error', () => undefined)
  }

  /** Whether a call may be sent here. */
  get isOpen(): boolean {
    return this.#hasOpened && !this.#isGoingAway && !this.#isOver
  }

  /** Whether the server ever said anything: a socket alone proves no working server. */
  get hasHeard(): boolean {
    return this.#hasHeard
  }

  /** Starts a call; only while `isOpen`. */
  run(call: SocketCall): void {
    const { id } = call
    this.#calls.set(id, call)
    const { onOver } = call
    call.onOver = () => {
      this.#calls.delete(id)
      onOver?.()
    }
    call.sent((frame) => {
      if (!this.#isOver) this.#socket.send(encodeFrame(frame))
    })
    this.#socket.send(call.text)
  }

  /** Ends it and its calls; nobody is told. */
  close(error: Error): void {
    this.#over({ error, retry: 'never' }, false)
    this.#socket.close(1000)
  }

  #opened(): void {
    if (this.#isOver) return
    clearTimeout(this.#openTimer)
    const { authorization, url } = this.#options
    if (this.#socket.protocol !== jsonSubprotocol) {
      return this.#fail(new ConnectionError(`${url} does not speak ${jsonSubprotocol}.`))
    }
    this.#hasOpened = true
    this.#keepAlive.heard()
    if (authorization !== undefined) {
      this.#socket.send(encodeFrame({ type: 'auth', authorization }))
    }
    this.#options.onOpen()
  }

  #receive(data: unknown): void {
    if (this.#isOver) return
    this.#hasHeard = true
    this.#keepAlive.heard()
    try {
      const frame = readFrame(data)
      if (frame !== undefined) this.#handle(frame)
    } catch (cause) {
      if (!(cause instanceof FrameError) && !(cause instanceof FormatError)) throw cause
      const message = `${this.#options.url} sent what no Neemata server sends.`
      this.#fail(new ConnectionError(message, { cause }))
    }
  }

  #handle(frame: ServerFrame): void {
    if (frame.type === 'pong') return
    if (frame.type !== 'going_away') return this.#calls.get(frame.id)?.receive(frame)
    if (this.#isGoingAway) return
    this.#isGoingAway = true
    this.#options.onGoingAway()
  }

  /** The server is not what it should be, and won't be the next time. */
  #fail(error: Error): void {
    this.#over({ error, retry: 'never' })
    this.#socket.close(closeCode.protocol_error, error.message.slice(0, 40))
  }

  /** The connection is of no use; its own close may be long in coming. */
  #drop(message: string): void {
    this.#over({ error: this.#lost(message), retry: 'later' })
    this.#socket.close()
  }

  #explain(code: number, reason: string): LinkEnd {
    const { url } = this.#options
    const because = reason === '' ? `code ${code}` : reason
    if (!this.#hasOpened) {
      return { error: new ConnectionError(`${url} can't be reached.`), retry: 'later' }
    }
    if (hopeless.has(code)) {
      const error = new ConnectionError(`${url} closed the connection: ${because}.`)
      return { error, retry: 'never' }
    }
    // Without a word before it, a server that only ever goes away would be asked without pause.
    const atOnce = code === closeCode.going_away && this.#hasHeard
    const error = this.#lost(`The connection to ${url} was lost: ${because}.`)
    return { error, retry: atOnce ? 'at-once' : 'later' }
  }

  #lost(message: string): Error {
    return this.#hasOpened
      ? new ApiError({ code: 'unavailable', message })
      : new ConnectionError(message)
  }

  #over(end: LinkEnd, isTold = true): void {
    if (this.#isOver) return
    this.#isOver = true
    clearTimeout(this.#openTimer)
    this.#keepAlive.stop()
    for (const call of this.#calls.values()) call.fail(end.error)
    if (isTold) this.#options.onClose(end)
  }
}

/** Close codes that say that this client and that server don't understand each other. */
const hopeless: ReadonlySet<number> = new Set([
  closeCode.unsupported_data,
  1007,
  closeCode.protocol_error,
])

function readFrame(data: unknown): ServerFrame | undefined {
  if (typeof data !== 'string') throw new FrameError('A frame is text.')
  return readServerFrame(taggedJson.decode(data))
}
