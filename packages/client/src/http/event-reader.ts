import { type Format, FormatError } from '@neemata/gateway/formats'
import { readProblem } from '@neemata/gateway/protocol'

import { ApiError } from '../api-error.ts'
import { ConnectionError } from '../connection-error.ts'
import { done, type ReplyStream } from '../reply.ts'
import { EventParser, type ServerEvent } from './parse-events.ts'

export interface EventReaderOptions {
  readonly format: Format
  readonly url: string
  /** What to reject with: the reason of the signal that ended the call, or else the error. */
  readonly explain: (error: unknown) => unknown
  /** Called once, when nothing more is read. */
  readonly onOver: () => void
}

/** The items of a stream that comes as server-sent events; reads on only when asked for more. */
export class EventReader implements ReplyStream {
  readonly #options: EventReaderOptions
  readonly #reader: ReadableStreamDefaultReader<Uint8Array> | undefined
  readonly #decoder = new TextDecoder()
  readonly #parser = new EventParser()
  #events: ServerEvent[] = []
  #isOver = false
  /** Reads take turns, so that items keep their order. */
  #turn: Promise<unknown> = Promise.resolve()

  constructor(response: Response, options: EventReaderOptions) {
    this.#options = options
    this.#reader = response.body?.getReader()
  }

  next(): Promise<IteratorResult<unknown, undefined>> {
    const result = this.#turn.then(() => this.#next())
    this.#turn = result.catch(() => undefined)
    return result
  }

  async return(): Promise<IteratorResult<unknown, undefined>> {
    if (!this.#isOver) {
      this.#over()
      // Ends a read that waits, and with it the server's work.
      await this.#reader?.cancel().catch(() => undefined)
    }
    return done
  }

  async #next(): Promise<IteratorResult<unknown, undefined>> {
    while (!this.#isOver) {
      const event = this.#events.shift() ?? (await this.#read())
      if (event === undefined) continue
      if (event.name === 'message') return { done: false, value: this.#decode(event) }
      if (event.name === 'end') await this.return()
      if (event.name === 'error') return this.#fail(event)
    }
    return done
  }

  /** One more event, or `undefined` when it has to be tried again. */
  async #read(): Promise<ServerEvent | undefined> {
    const { url, explain } = this.#options
    let piece: { readonly done: boolean; readonly value?: Uint8Array | undefined }
    try {
      piece = (await this.#reader?.read()) ?? { done: true }
    } catch (cause) {
      if (this.#isOver) return undefined
      this.#over()
      const message = `The stream of ${url} broke off.`
      throw explain(new ApiError({ code: 'unavailable', message, cause }))
    }
    if (piece.done && !this.#isOver) {
      this.#over()
      const message = `The stream of ${url} broke off.`
      throw explain(new ApiError({ code: 'unavailable', message }))
    }
    if (!piece.done) {
      this.#events.push(...this.#parser.push(this.#decoder.decode(piece.value, { stream: true })))
    }
    return this.#events.shift()
  }

  async #fail(event: ServerEvent): Promise<never> {
    const error = readProblem(this.#decode(event))
    await this.return()
    if (error) throw new ApiError(error)
    throw new ConnectionError(`${this.#options.url} failed, but not as a Neemata server does.`)
  }

  #decode({ data }: ServerEvent): unknown {
    try {
      return this.#options.format.decode(data)
    } catch (cause) {
      if (!(cause instanceof FormatError)) throw cause
      void this.return()
      throw new ConnectionError(`The stream of ${this.#options.url} can't be read.`, { cause })
    }
  }

  #over(): void {
    this.#isOver = true
    this.#options.onOver()
  }
}
