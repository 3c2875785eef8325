import { randomUUID } from 'node:crypto'

import type { CallOutcome, Session, WireError } from '@neemata/gateway'

import type { Logger } from '../declare/logger.ts'
import type { AppHost } from '../host/app-host.ts'
import type { HostReply, HostRequest } from './host-messages.ts'
import { StreamPump } from './stream-pump.ts'

export interface HostServerOptions {
  readonly host: AppHost
  readonly logger: Logger
  /** Sends to the thread that asked; may throw for what can't be cloned. */
  readonly post: (reply: HostReply) => void
}

/** Answers what another thread asks of this thread's host. */
export class HostServer {
  readonly #options: HostServerOptions
  readonly #sessions = new Map<number, Session>()
  readonly #streams = new Map<number, StreamPump>()
  #isOpen = true

  constructor(options: HostServerOptions) {
    this.#options = options
  }

  receive(request: HostRequest): void {
    const { host } = this.#options
    switch (request.type) {
      case 'open': {
        const { session, connection, app, carried } = request
        this.#sessions.set(session, host.open(connection, app, carried))
        return
      }
      case 'call':
        return void this.#call(request)
      case 'cancel': {
        const session = this.#sessions.get(request.session)
        if (session) host.cancel(session, request.call, request.reason)
        return
      }
      case 'close':
        return this.#close(request.session)
      case 'credit':
        return this.#streams.get(request.call)?.give(request.count)
      case 'leaveStream':
        return this.#streams.get(request.call)?.leave()
      default:
        return request satisfies never
    }
  }

  /** The thread that asked is gone: ends what runs on its behalf. */
  disconnect(): void {
    this.#isOpen = false
    for (const stream of this.#streams.values()) stream.leave()
    for (const session of this.#sessions.keys()) this.#close(session)
  }

  async #call(request: Extract<HostRequest, { type: 'call' }>): Promise<void> {
    const { call, procedure, input, callers, timeout } = request
    const session = this.#sessions.get(request.session)
    if (!session) return this.#reply({ type: 'error', call, error: closedError })
    const { host } = this.#options
    const outcome = await host.call(session, { id: call, procedure, input, callers, timeout })
    this.#answer(call, outcome, `${session.app}/${procedure}`)
  }

  #answer(call: number, outcome: CallOutcome, name: string): void {
    switch (outcome.type) {
      case 'value':
      case 'error':
        try {
          return this.#reply({ ...outcome, call })
        } catch (error) {
          return this.#reply({ type: 'error', call, error: this.#refuse(error, name) })
        }
      case 'stream':
        this.#reply({ type: 'stream', call })
        return void this.#streams.set(call, this.#createPump(call, outcome.stream, name))
      default:
        return outcome satisfies never
    }
  }

  #createPump(call: number, stream: AsyncIterable<unknown>, name: string): StreamPump {
    return new StreamPump({
      stream,
      send: (items) => this.#reply({ type: 'items', call, items }),
      end: (error) => {
        this.#streams.delete(call)
        try {
          this.#reply({ type: 'streamEnd', call, error })
        } catch (reason) {
          this.#reply({ type: 'streamEnd', call, error: this.#refuse(reason, name) })
        }
      },
      describeUnsendable: (error) => this.#refuse(error, name),
    })
  }

  /** What an application answered can't be cloned: its mistake, which the log explains. */
  #refuse(err: unknown, name: string): WireError {
    const id = randomUUID()
    this.#options.logger.error({ err, id, procedure: name }, 'an answer can not leave its thread')
    return { code: 'internal_error', message: 'Internal error.', id }
  }

  #close(number: number): void {
    const session = this.#sessions.get(number)
    if (!session) return
    this.#sessions.delete(number)
    this.#options.host.close(session)
  }

  #reply(reply: HostReply): void {
    if (this.#isOpen) this.#options.post(reply)
  }
}

const closedError: WireError = { code: 'cancelled', message: 'The connection was closed.' }
