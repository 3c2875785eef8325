import { taggedJson } from '../formats/tagged-json.ts'
import { FormatError } from '../formats/format-error.ts'
import type { CallOutcome, Session } from '../host.ts'
import type { IndexedRoute } from '../http/route-index.ts'
import { type CallFrame, defaultCredit, largestCredit } from '../protocol/frames.ts'
import { isWireError } from '../protocol/is-wire-error.ts'
import type { WireError } from '../protocol/wire-error.ts'
import { ItemReader } from '../streams/item-reader.ts'
import type { SocketConnection } from './socket-connection.ts'

export interface SocketCallOptions {
  readonly connection: SocketConnection
  readonly session: Session
  readonly route: IndexedRoute
  readonly frame: CallFrame
}

/**
 * One call of a connection. It is *running* until the host has an outcome; a stream is then *sending*,
 * and between its batches *waiting* for credit or for room in the connection's queue. It is *over* with
 * its last frame, or when the connection closes.
 */
export class SocketCall {
  readonly id: number
  readonly isStream: boolean
  private readonly options: SocketCallOptions
  private credit: number
  /** Why the gateway ended it before the host did. */
  private endedBy: WireError | undefined
  private wake: (() => void) | undefined

  constructor(options: SocketCallOptions) {
    this.options = options
    this.id = options.frame.id
    this.isStream = options.route.route.kind === 'stream'
    this.credit = options.frame.credit ?? defaultCredit
  }

  /** Runs the call to its last frame. Never rejects. */
  async run(): Promise<void> {
    const { connection, session, route, frame } = this.options
    const request = { id: this.id, procedure: route.procedure, input: frame.input }
    try {
      await this.answer(await connection.context.host.call(session, request))
    } catch (error) {
      this.fail(error)
    }
  }

  grant(items: number): void {
    this.credit = Math.min(this.credit + items, largestCredit)
    this.resume()
  }

  /** Something that it may have waited for has changed. */
  resume(): void {
    this.wake?.()
    this.wake = undefined
  }

  /** Ends it early; its last frame tells the client why. */
  end(error: WireError): void {
    this.endedBy ??= error
    this.options.connection.context.host.cancel(this.options.session, this.id)
    this.resume()
  }

  private async answer(outcome: CallOutcome): Promise<void> {
    const { connection } = this.options
    switch (outcome.type) {
      case 'value':
        return connection.send({ type: 'result', id: this.id, value: outcome.value })
      case 'error':
        return this.sendError(outcome.error)
      case 'stream':
        return this.pump(new ItemReader(outcome.stream, encodeItem))
    }
  }

  private async pump(reader: ItemReader): Promise<void> {
    const { connection } = this.options
    try {
      connection.send({ type: 'stream', id: this.id })
      while (await this.mayProceed()) {
        const { texts, isLast } = await reader.read(Math.min(this.credit, largestBatch))
        this.credit -= texts.length
        if (texts.length > 0) connection.sendItems(this.id, texts)
        if (isLast) return connection.send({ type: 'end', id: this.id })
      }
      if (this.endedBy) this.sendError(this.endedBy)
    } catch (error) {
      this.fail(error)
    } finally {
      await reader.end()
    }
  }

  /** Waits for credit and room; `false` once it is over. */
  private async mayProceed(): Promise<boolean> {
    const { connection } = this.options
    while (connection.isOpen && this.endedBy === undefined) {
      if (this.credit > 0 && !connection.isFull) return true
      await new Promise<void>((resolve) => (this.wake = resolve))
    }
    return false
  }

  /** A stream throws what its caller is to be told; all else is a failure of ours. */
  private fail(error: unknown): void {
    const { connection, route } = this.options
    if (!connection.isOpen) return
    if (isWireError(error)) return this.sendError(error)
    const failure = connection.logFailure(error, 'A call failed inside the gateway or its host.', {
      app: route.app,
      procedure: route.procedure,
    })
    const message = error instanceof FormatError ? error.message : failure.message
    this.sendError({ ...failure, message })
  }

  private sendError(error: WireError): void {
    this.options.connection.send({ type: 'error', id: this.id, error: this.endedBy ?? error })
  }
}

/** Items in one frame. */
const largestBatch = 32

function encodeItem(item: unknown): string {
  return String(taggedJson.encode(item))
}
