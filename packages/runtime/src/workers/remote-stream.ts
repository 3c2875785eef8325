import type { WireError } from '@neemata/gateway'

/** Items that may be on their way before the reader has taken any. */
export const streamCredit = 256

export interface RemoteStreamPort {
  /** Lets the other side send so many items more. */
  readonly take: (count: number) => void
  /** Tells the other side to stop. */
  readonly leave: () => void
}

/**
 * A stream that another thread produces. Nothing is asked for before it is read; after that at most
 * `streamCredit` items wait here. *Open* until its end came, its reader left, or the thread died.
 */
export class RemoteStream implements AsyncIterableIterator<unknown> {
  readonly #port: RemoteStreamPort
  readonly #items: unknown[] = []
  readonly #readers: Reader[] = []
  #begun = false
  #taken = 0
  #ended = false
  #error: WireError | undefined

  constructor(port: RemoteStreamPort) {
    this.#port = port
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  next(): Promise<IteratorResult<unknown>> {
    if (!this.#begun && !this.#ended) {
      this.#begun = true
      this.#port.take(streamCredit)
    }
    if (this.#items.length > 0) {
      const value = this.#items.shift()
      this.#replenish()
      return Promise.resolve({ done: false, value })
    }
    if (this.#ended) return this.#finish()
    return new Promise((resolve) => this.#readers.push({ resolve }))
  }

  return(): Promise<IteratorResult<unknown>> {
    const wasEnded = this.#ended
    this.#items.length = 0
    this.#error = undefined
    this.end(undefined)
    if (!wasEnded) this.#port.leave()
    return Promise.resolve({ done: true, value: undefined })
  }

  push(items: readonly unknown[]): void {
    if (this.#ended) return
    for (const value of items) {
      const reader = this.#readers.shift()
      if (!reader) {
        this.#items.push(value)
        continue
      }
      this.#replenish()
      reader.resolve({ done: false, value })
    }
  }

  /** Its reader still gets the items that came before. */
  end(error: WireError | undefined): void {
    if (this.#ended) return
    this.#ended = true
    this.#error = error
    for (const reader of this.#readers.splice(0)) reader.resolve(this.#finish())
  }

  /** Credit is given back in halves, so that few messages are about nothing else. */
  #replenish(): void {
    this.#taken += 1
    if (this.#taken < streamCredit / 2 || this.#ended) return
    this.#port.take(this.#taken)
    this.#taken = 0
  }

  /** An error is thrown once, as plain data. */
  #finish(): Promise<IteratorResult<unknown>> {
    const error = this.#error
    this.#error = undefined
    // oxlint-disable-next-line prefer-promise-reject-errors -- the host's port throws plain data
    if (error) return Promise.reject(error)
    return Promise.resolve({ done: true, value: undefined })
  }
}

interface Reader {
  readonly resolve: (result: IteratorResult<unknown> | Promise<IteratorResult<unknown>>) => void
}
