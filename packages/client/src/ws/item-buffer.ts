import { done, type ReplyStream } from '../reply.ts'

export interface ItemBufferOptions {
  /** Items that may come at first. */
  readonly credit: number
  /** Lets so many items more come. */
  readonly grant: (items: number) => void
  /** The reader has had enough before the end. */
  readonly onReturn: () => void
}

/** The items of one stream between the socket and their reader; never more than the credit. */
export class ItemBuffer implements ReplyStream {
  readonly #options: ItemBufferOptions
  readonly #waiting: Reader[] = []
  #items: unknown[] = []
  #read = 0
  #end: { readonly error?: unknown } | undefined

  constructor(options: ItemBufferOptions) {
    this.#options = options
  }

  push(items: readonly unknown[]): void {
    if (this.#end) return
    for (const value of items) {
      const reader = this.#waiting.shift()
      if (reader) {
        reader.resolve({ done: false, value })
        this.#count()
      } else this.#items.push(value)
    }
  }

  /** The server has ended it; what is here can still be read. */
  end(): void {
    if (this.#end) return
    this.#end = {}
    for (const { resolve } of this.#waiting.splice(0)) resolve(done)
  }

  /** It failed; told to the reader after what is here. */
  fail(error: unknown): void {
    if (this.#end) return
    const reader = this.#waiting.shift()
    this.#end = reader ? {} : { error }
    reader?.reject(error)
    for (const { resolve } of this.#waiting.splice(0)) resolve(done)
  }

  async next(): Promise<IteratorResult<unknown, undefined>> {
    if (this.#items.length > 0) {
      const value = this.#items.shift()
      this.#count()
      return { done: false, value }
    }
    const end = this.#end
    if (end === undefined) {
      return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }))
    }
    this.#end = {}
    if ('error' in end) throw end.error
    return done
  }

  async return(): Promise<IteratorResult<unknown, undefined>> {
    const wasRunning = this.#end === undefined
    this.#items = []
    this.end()
    this.#end = {}
    if (wasRunning) this.#options.onReturn()
    return done
  }

  /** Grants in halves, so that the server never waits for a reader that keeps up. */
  #count(): void {
    this.#read += 1
    const half = Math.ceil(this.#options.credit / 2)
    if (this.#read < half || this.#end) return
    this.#read -= half
    this.#options.grant(half)
  }
}

interface Reader {
  readonly resolve: (result: IteratorResult<unknown, undefined>) => void
  readonly reject: (error: unknown) => void
}
