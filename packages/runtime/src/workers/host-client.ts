import type {
  CallOutcome,
  Connection,
  Health,
  RouteTable,
  Session,
  WireError,
} from '@neemata/gateway'

import type { AppCallRequest, AppHost } from '../host/app-host.ts'
import type { CarriedIdentity } from '../pipeline/session.ts'
import type { HostReply, HostRequest } from './host-messages.ts'
import { RemoteStream } from './remote-stream.ts'

export interface HostClientOptions {
  /** Sends to the thread that answers; may throw for what can't be cloned. */
  readonly post: (request: HostRequest) => void
  readonly routes: RouteTable
}

/** A call is *waiting* for its answer, or *streaming* once that is a stream. */
interface PendingCall {
  readonly session: LinkSession
  readonly requestId: number
  readonly resolve: (outcome: CallOutcome) => void
  stream: RemoteStream | undefined
}

/** The host of another thread, over a port. Once `disconnect`ed, every call fails with its error. */
export class HostClient implements AppHost {
  readonly #options: HostClientOptions
  readonly #calls = new Map<number, PendingCall>()
  #lastSession = 0
  #lastCall = 0
  #failure: WireError | undefined

  constructor(options: HostClientOptions) {
    this.#options = options
  }

  get isConnected(): boolean {
    return this.#failure === undefined
  }

  /** Calls and streams that have not ended. */
  get callCount(): number {
    return this.#calls.size
  }

  routes(): RouteTable {
    return this.#options.routes
  }

  health(): Health {
    return { live: this.isConnected, ready: this.isConnected }
  }

  open(connection: Connection, app: string, carried?: CarriedIdentity): Session {
    const session = new LinkSession(connection, app, ++this.#lastSession)
    if (!this.#failure) {
      this.#options.post({ type: 'open', session: session.number, connection, app, carried })
    }
    return session
  }

  call(session: Session, request: AppCallRequest): Promise<CallOutcome> {
    if (this.#failure) return Promise.resolve({ type: 'error', error: this.#failure })
    if (!(session instanceof LinkSession)) throw new TypeError('the session is of another host')
    const call = ++this.#lastCall
    try {
      this.#options.post({
        type: 'call',
        session: session.number,
        call,
        procedure: request.procedure,
        input: request.input,
        callers: request.callers,
        timeout: request.timeout,
      })
    } catch {
      const message = `The input of ${session.app}/${request.procedure} can not be copied.`
      return Promise.resolve({ type: 'error', error: { code: 'bad_request', message } })
    }
    session.calls.set(request.id, call)
    return new Promise((resolve) => {
      this.#calls.set(call, { session, requestId: request.id, resolve, stream: undefined })
    })
  }

  cancel(session: Session, requestId: number, reason?: WireError): void {
    if (!(session instanceof LinkSession) || this.#failure) return
    const call = session.calls.get(requestId)
    if (call === undefined) return
    this.#options.post({ type: 'cancel', session: session.number, call, reason })
  }

  close(session: Session): void {
    if (!(session instanceof LinkSession) || this.#failure) return
    this.#options.post({ type: 'close', session: session.number })
  }

  receive(reply: HostReply): void {
    const pending = this.#calls.get(reply.call)
    if (!pending) return
    switch (reply.type) {
      case 'value':
        this.#forget(reply.call, pending)
        return pending.resolve({ type: 'value', value: reply.value })
      case 'error':
        this.#forget(reply.call, pending)
        return pending.resolve({ type: 'error', error: reply.error })
      case 'stream':
        pending.stream = this.#createStream(reply.call)
        return pending.resolve({ type: 'stream', stream: pending.stream })
      case 'items':
        return pending.stream?.push(reply.items)
      case 'streamEnd':
        this.#forget(reply.call, pending)
        return pending.stream?.end(reply.error)
      default:
        return reply satisfies never
    }
  }

  /** The other thread is gone: fails what runs and all that comes. */
  disconnect(error: WireError): void {
    this.#failure ??= error
    for (const [call, pending] of this.#calls) {
      this.#forget(call, pending)
      if (pending.stream) pending.stream.end(error)
      else pending.resolve({ type: 'error', error })
    }
  }

  #forget(call: number, { session, requestId }: PendingCall): void {
    this.#calls.delete(call)
    session.calls.delete(requestId)
  }

  #createStream(call: number): RemoteStream {
    return new RemoteStream({
      take: (count) => this.#post({ type: 'credit', call, count }),
      leave: () => this.#post({ type: 'leaveStream', call }),
    })
  }

  #post(request: HostRequest): void {
    if (!this.#failure) this.#options.post(request)
  }
}

/** A session on the other side of the port. */
class LinkSession implements Session {
  readonly connection: Connection
  readonly app: string
  readonly number: number
  /** By the id that its caller gave, the number of each running call. */
  readonly calls = new Map<number, number>()

  constructor(connection: Connection, app: string, number: number) {
    this.connection = connection
    this.app = app
    this.number = number
  }
}
