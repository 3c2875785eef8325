import type { RawData, WebSocket } from 'ws'

import { FormatError } from '../formats/format-error.ts'
import { taggedJson } from '../formats/tagged-json.ts'
import type { Connection, Session } from '../host.ts'
import { describeUnknown } from '../http/route-index.ts'
import { closeCode, type CloseReason } from '../protocol/close-code.ts'
import { FrameError } from '../protocol/frame-error.ts'
import type { CallFrame, ClientFrame, ServerFrame } from '../protocol/frames.ts'
import { readClientFrame } from '../protocol/read-client-frame.ts'
import type { WireError } from '../protocol/wire-error.ts'
import { Outbox } from './outbox.ts'
import { SocketCall } from './socket-call.ts'
import type { SocketContext } from './socket-context.ts'

export interface SocketConnectionOptions {
  readonly context: SocketContext
  readonly socket: WebSocket
  readonly connection: Connection
}

/**
 * A client's WebSocket. It is *open*; *draining* once it was told that the server goes away, until its
 * last call is over; *closing* from the first close frame on, in which nothing is read or sent any more;
 * *closed* when the socket is, which ends its sessions.
 */
export class SocketConnection {
  readonly context: SocketContext
  private readonly socket: WebSocket
  private readonly outbox: Outbox
  private readonly calls = new Map<number, SocketCall>()
  private readonly sessions = new Map<string, Session>()
  private connection: Connection
  private wasAuthenticated = false
  private hasCalled = false
  private isDraining = false
  private isSilent = false
  private lingering: NodeJS.Timeout | undefined

  constructor({ context, socket, connection }: SocketConnectionOptions) {
    this.context = context
    this.socket = socket
    this.connection = connection
    this.outbox = new Outbox({
      socket,
      queuedBytes: context.limits.queuedBytes,
      onOverflow: () => this.close('slow_consumer', 'Too much waits to be taken.'),
      onRoom: () => this.resume(),
    })
    socket.on('message', (data, isBinary) => this.receive(data, isBinary))
    socket.on('pong', () => (this.isSilent = false))
    // The socket closes by itself after an error, with a code of its own.
    socket.on('error', () => undefined)
    socket.on('close', () => this.finish())
  }

  get isOpen(): boolean {
    return this.socket.readyState === this.socket.OPEN
  }

  /** Whether streams should wait until it has sent what it holds. */
  get isFull(): boolean {
    return this.outbox.isFull
  }

  send(frame: ServerFrame): void {
    if (!this.isOpen) return
    try {
      this.sendText(String(taggedJson.encode(frame)))
    } catch (error) {
      this.sendUnfit(frame, error)
    }
  }

  /** Sends items that are encoded already. */
  sendItems(id: number, texts: readonly string[]): void {
    this.sendText(`{"type":"items","id":${id},"items":[${texts.join(',')}]}`)
  }

  /** Probes the client; closes if it left the last probe unanswered. */
  probe(): void {
    if (!this.isOpen) return
    if (this.isSilent) return this.close('ping_timeout', 'A ping was not answered.')
    this.isSilent = true
    this.socket.ping()
  }

  /** Takes no new calls, and closes when the last one is over. */
  drain(): void {
    if (this.isDraining) return
    this.isDraining = true
    this.send({ type: 'going_away' })
    this.closeIfIdle()
  }

  /** Ends the streams of a draining connection, if nothing else keeps it. */
  endStreams(): void {
    const calls = [...this.calls.values()]
    if (calls.every(({ isStream }) => isStream)) for (const call of calls) call.end(goingAway)
  }

  /** Says why, and lets that leave; a client that doesn't answer is cut after a short while. */
  close(reason: CloseReason, message: string): void {
    if (!this.isOpen) return
    this.socket.close(closeCode[reason], message)
    this.socket.resume()
    this.lingering = setTimeout(() => this.socket.terminate(), lingerTime)
    this.endSessions()
  }

  /** Cuts it at once. */
  terminate(): void {
    this.socket.terminate()
    this.finish()
  }

  logFailure(error: unknown, message: string, fields?: object): WireError {
    const id = this.context.nextId()
    const { transport, logger } = this.context
    logger.error({ err: error, id, transport, connection: this.connection.id, ...fields }, message)
    return { code: 'internal_error', message: 'The server failed to answer this call.', id }
  }

  private receive(data: RawData, isBinary: boolean): void {
    if (!this.isOpen) return
    this.isSilent = false
    if (isBinary) return this.close('unsupported_data', 'Frames are text.')
    try {
      this.handle(readClientFrame(this.decode(String(data))))
    } catch (error) {
      if (error instanceof FrameError || error instanceof FormatError) {
        return this.close('protocol_error', limitReason(error.message))
      }
      this.logFailure(error, 'A frame failed inside the gateway or its host.')
      this.close('internal_error', 'The server failed.')
    }
    if (this.isFull) this.socket.pause()
  }

  /** The input of a call lies one level down. */
  private decode(text: string): unknown {
    return taggedJson.decode(text, { maxDepth: this.context.limits.decodeDepth + 1 })
  }

  private handle(frame: ClientFrame): void {
    switch (frame.type) {
      case 'call':
        return this.call(frame)
      case 'credit':
        return this.calls.get(frame.id)?.grant(frame.items)
      case 'cancel':
        return this.calls.get(frame.id)?.end(cancelled)
      case 'auth':
        return this.authenticate(frame.authorization)
      case 'ping':
        return this.send({ type: 'pong' })
    }
  }

  private authenticate(authorization: string): void {
    if (this.hasCalled) throw new FrameError('"auth" comes before the first call.')
    if (this.wasAuthenticated) throw new FrameError('"auth" comes once.')
    const { headers } = this.connection
    if (headers['authorization'] !== undefined) {
      throw new FrameError('The upgrade request had an Authorization header already.')
    }
    this.wasAuthenticated = true
    this.connection = { ...this.connection, headers: { ...headers, authorization } }
  }

  private call(frame: CallFrame): void {
    const { id, procedure } = frame
    if (this.calls.has(id)) throw new FrameError(`A call with the id ${id} is running.`)
    this.hasCalled = true
    if (this.isDraining) return this.send({ type: 'error', id, error: goingAway })
    const index = this.context.routes()
    const route = index.paths.get(`/${procedure}`)
    if (route === undefined) {
      const message = describeUnknown(`/${procedure}`, index)
      return this.send({ type: 'error', id, error: { code: 'not_found', message } })
    }
    const call = new SocketCall({ connection: this, session: this.open(route.app), route, frame })
    this.calls.set(id, call)
    void call.run().then(() => {
      this.calls.delete(id)
      this.closeIfIdle()
    })
  }

  private open(app: string): Session {
    const known = this.sessions.get(app)
    if (known) return known
    const session = this.context.host.open(this.connection, app)
    this.sessions.set(app, session)
    return session
  }

  private closeIfIdle(): void {
    if (!this.isDraining) return
    if (this.calls.size === 0) this.close('going_away', 'The server shuts down.')
    else if (this.context.areStreamsOver()) this.endStreams()
  }

  private sendText(text: string): void {
    this.outbox.send(text)
  }

  /** Results and the data of errors come from applications, so they may hold anything. */
  private sendUnfit(frame: ServerFrame, cause: unknown): void {
    if (!('id' in frame)) throw cause
    const failure = this.logFailure(cause, 'An answer could not be encoded.')
    const error =
      frame.type === 'error'
        ? { ...frame.error, data: undefined }
        : { ...failure, message: cause instanceof FormatError ? cause.message : failure.message }
    this.sendText(String(taggedJson.encode({ type: 'error', id: frame.id, error })))
  }

  private resume(): void {
    this.socket.resume()
    for (const call of this.calls.values()) call.resume()
  }

  private finish(): void {
    clearTimeout(this.lingering)
    this.endSessions()
    this.context.closed(this)
  }

  /** Ends all calls; each session is closed once, because it is forgotten here. */
  private endSessions(): void {
    const sessions = [...this.sessions.values()]
    this.sessions.clear()
    for (const session of sessions) {
      try {
        this.context.host.close(session)
      } catch (error) {
        this.logFailure(error, 'The host failed to close a session.')
      }
    }
    for (const call of this.calls.values()) call.resume()
  }
}

/** Milliseconds. */
const lingerTime = 1_000

const cancelled: WireError = { code: 'cancelled', message: 'The call was cancelled.' }

const goingAway: WireError = {
  code: 'unavailable',
  message: 'The server is shutting down. Try again.',
}

/** A close frame holds 123 bytes of reason; more is no help to anybody. */
function limitReason(message: string): string {
  return Buffer.byteLength(message) <= longestReason
    ? message
    : `${Buffer.from(message)
        .subarray(0, longestReason)
        .toString()
        .replace(/\uFFFD$/, '')}…`
}

const longestReason = 120
