import type { ServerResponse } from 'node:http'

import type { WireError } from '../protocol/wire-error.ts'
import { ItemReader } from '../streams/item-reader.ts'
import type { HeaderList } from './cors.ts'
import { eventStreamType } from './negotiate-events.ts'

export interface EventStreamOptions {
  readonly response: ServerResponse
  readonly headers: HeaderList
  /** Milliseconds of silence after which a comment is sent. */
  readonly pingInterval: number
  /** Milliseconds that a client may take nothing of what waits for it. */
  readonly stallTimeout: number
  readonly encodeItem: (item: unknown) => string
  /** Encodes what the stream threw as a problem, on one line. */
  readonly encodeError: (error: unknown) => string
}

/**
 * A stream as server-sent events. It is *sending*, and *waiting* while the client takes nothing, which
 * pauses the stream; it is *over* with its last event, or when the client has gone.
 */
export class EventStream {
  private readonly options: EventStreamOptions
  private endedBy: WireError | undefined
  private wake: (() => void) | undefined
  private wasSilent = true

  constructor(options: EventStreamOptions) {
    this.options = options
  }

  /** Sends all of a stream. Never rejects. */
  async send(stream: AsyncIterable<unknown>): Promise<void> {
    const { response, encodeItem, encodeError, pingInterval } = this.options
    this.begin()
    const heartbeat = setInterval(() => this.beat(), pingInterval)
    const reader = new ItemReader(stream, encodeItem)
    try {
      while (await this.hasRoom()) {
        const { texts, isLast } = await reader.read(largestBatch)
        const events = texts.map((text) => `data: ${text}\n\n`).join('')
        if (isLast) return void response.end(`${events}event: end\ndata:\n\n`)
        this.wasSilent = false
        response.write(events)
      }
    } catch (error) {
      if (response.destroyed) return
      response.end(`event: error\ndata: ${encodeError(this.endedBy ?? error)}\n\n`)
    } finally {
      clearInterval(heartbeat)
      await reader.end()
    }
  }

  /** Ends it early, on behalf of the server; the host must end the stream too. */
  end(error: WireError): void {
    this.endedBy ??= error
    this.wake?.()
  }

  private begin(): void {
    const { response, headers } = this.options
    response.writeHead(200, [
      'Content-Type',
      eventStreamType,
      'Cache-Control',
      'no-store',
      'X-Content-Type-Options',
      'nosniff',
      // Else nginx would keep events back until its buffer is full.
      'X-Accel-Buffering',
      'no',
      ...headers,
    ])
    response.flushHeaders()
  }

  /** Keeps proxies from taking silence for death. */
  private beat(): void {
    const { response } = this.options
    if (this.wasSilent && !response.writableNeedDrain) response.write(':\n\n')
    this.wasSilent = true
  }

  /** Waits until the client takes more; `false` once it has gone. */
  private async hasRoom(): Promise<boolean> {
    const { response, stallTimeout } = this.options
    if (response.writableNeedDrain && !response.destroyed && !this.endedBy) {
      const timer = setTimeout(() => response.destroy(), stallTimeout)
      await new Promise<void>((resolve) => {
        this.wake = resolve
        response.once('drain', resolve)
        response.once('close', resolve)
      })
      response.off('drain', this.wake!).off('close', this.wake!)
      clearTimeout(timer)
    }
    // oxlint-disable-next-line no-throw-literal
    if (this.endedBy) throw this.endedBy
    return !response.destroyed
  }
}

/** Items that are written at once. */
const largestBatch = 32
