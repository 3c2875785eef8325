import type { WireError } from '@neemata/gateway'

/** Items per message at most. */
const batchSize = 32

/** How long a stream that always has a next item may keep the thread, in ms. */
const turnLength = 4

export interface StreamPumpOptions {
  readonly stream: AsyncIterable<unknown>
  /** May throw for what can't be cloned. */
  readonly send: (items: readonly unknown[]) => void
  readonly end: (error: WireError | undefined) => void
  /** What the reader is told of an item that can't travel. */
  readonly describeUnsendable: (error: unknown) => WireError
}

/**
 * Sends a stream's items to another thread: as many as it was given credit for, in batches that fill up
 * while the stream is faster than a turn of the event loop. It is *waiting* for credit, *pulling*, or
 * *ended*; whatever happens, the end is told exactly once.
 */
export class StreamPump {
  readonly #options: StreamPumpOptions
  readonly #iterator: AsyncIterator<unknown>
  #credit = 0
  #batch: unknown[] = []
  #flushing: NodeJS.Immediate | undefined
  #turnBegan = 0
  #ended = false
  #wake: (() => void) | undefined

  constructor(options: StreamPumpOptions) {
    this.#options = options
    this.#iterator = options.stream[Symbol.asyncIterator]()
    void this.#run()
  }

  give(credit: number): void {
    this.#credit += credit
    this.#wake?.()
  }

  /** The reader has left; what the stream does on its way out is of no interest to anybody. */
  leave(): void {
    if (this.#ended) return
    this.#end(undefined)
    this.#wake?.()
    void this.#iterator.return?.().catch(() => undefined)
  }

  async #run(): Promise<void> {
    try {
      while (await this.#mayPull()) {
        const result = await this.#iterator.next()
        if (this.#ended) return
        if (result.done) break
        this.#add(result.value)
      }
      this.#end(undefined)
    } catch (error) {
      this.#end(error as WireError)
    }
  }

  async #mayPull(): Promise<boolean> {
    while (this.#credit === 0 && !this.#ended) {
      this.#flush()
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
    if (performance.now() - this.#turnBegan > turnLength) {
      this.#flush()
      await new Promise((resolve) => setImmediate(resolve))
      this.#turnBegan = performance.now()
    }
    return !this.#ended
  }

  #add(item: unknown): void {
    this.#credit -= 1
    this.#batch.push(item)
    if (this.#batch.length >= batchSize) this.#flush()
    else this.#flushing ??= setImmediate(() => this.#flush())
  }

  #flush(): void {
    clearImmediate(this.#flushing)
    this.#flushing = undefined
    if (this.#batch.length === 0) return
    const items = this.#batch
    this.#batch = []
    try {
      this.#options.send(items)
    } catch (error) {
      this.#batch = []
      this.#finish(this.#options.describeUnsendable(error))
      void this.#iterator.return?.().catch(() => undefined)
    }
  }

  #end(error: WireError | undefined): void {
    if (!this.#ended) this.#flush()
    this.#finish(error)
  }

  #finish(error: WireError | undefined): void {
    if (this.#ended) return
    this.#ended = true
    this.#options.end(error)
  }
}
