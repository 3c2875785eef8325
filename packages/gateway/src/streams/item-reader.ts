/** The next items of a stream, encoded. */
export interface Batch {
  /** Empty only in the last batch. */
  readonly texts: readonly string[]
  readonly isLast: boolean
}

/**
 * Reads a stream in batches: all items that are ready before the event loop turns, up to a number of
 * items and a size. It asks for no item beyond the number, so that the stream stays paused meanwhile.
 */
export class ItemReader {
  private readonly items: AsyncIterator<unknown>
  private readonly write: (item: unknown) => string
  /** The answer that the last batch did not wait for. */
  private pending: Promise<IteratorResult<unknown>> | undefined

  /** `write` encodes one item; what it throws ends the stream. */
  constructor(stream: AsyncIterable<unknown>, write: (item: unknown) => string) {
    this.items = stream[Symbol.asyncIterator]()
    this.write = write
  }

  /**
   * Waits for at least one item or the end, and takes up to `most` items. Not to be called again before
   * it has settled. Rejects with what the stream or `write` threw, once all items before were read.
   */
  async read(most: number): Promise<Batch> {
    const texts: string[] = []
    let size = 0
    let turn: Promise<undefined> | undefined
    let result: IteratorResult<unknown> | undefined = await this.take()
    while (result !== undefined && !result.done) {
      const text = this.encode(result.value, texts.length)
      if (text === undefined) break
      texts.push(text)
      size += text.length
      if (texts.length >= most || size >= largestBatch) break
      turn ??= nextTurn()
      this.pending ??= this.items.next()
      // A failure stays pending, so that the next read says it and these items are not lost.
      result = await Promise.race([this.pending, turn]).catch(() => undefined)
      if (result !== undefined) this.pending = undefined
    }
    return { texts, isLast: result?.done === true }
  }

  /** Ends the stream where it stands. Never rejects. */
  async end(): Promise<void> {
    this.pending?.catch(() => undefined)
    try {
      await this.items.return?.()
    } catch {
      // Nobody reads it any more.
    }
  }

  private take(): Promise<IteratorResult<unknown>> {
    const taken = this.pending ?? this.items.next()
    this.pending = undefined
    return taken
  }

  /** `undefined`: it failed, which the next read will say. */
  private encode(value: unknown, position: number): string | undefined {
    try {
      return this.write(value)
    } catch (error) {
      if (position === 0) throw error
      this.pending = Promise.reject(error)
      this.pending.catch(() => undefined)
      return undefined
    }
  }
}

/** Characters, about; a batch may exceed it by one item. */
const largestBatch = 65_536

function nextTurn(): Promise<undefined> {
  return new Promise((resolve) => {
    setImmediate(resolve, undefined)
  })
}
