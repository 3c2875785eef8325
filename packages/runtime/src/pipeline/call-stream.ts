import { ApiError } from '@neemata/application'
import type { WireError } from '@neemata/gateway'

import type { Call } from './call.ts'
import { describeSafely } from './describe-failure.ts'
import { finishCall } from './finish-call.ts'

/** How long a stream may keep other work of its thread waiting, in ms. */
const slice = 4

interface Reader {
  readonly resolve: (result: IteratorResult<unknown>) => void
  readonly reject: (error: WireError) => void
}

/**
 * The items of a running call, for the reader of its outcome. It is *open* until the handler's iterator
 * ends or throws, the reader returns, or the call is aborted; then *over*. The reader learns of it at
 * once, whatever the handler does; the call's values are released when the handler's iterator has ended.
 * Items are read one at a time.
 */
export class CallStream implements AsyncIterableIterator<unknown> {
  readonly #call: Call
  readonly #items: AsyncIterator<unknown>
  #isOver = false
  /** Why it is over, until the reader has been told. */
  #failure: WireError | undefined = undefined
  #reader: Reader | undefined = undefined
  #sliceStart: number = performance.now()

  constructor(call: Call, items: AsyncIterator<unknown>) {
    this.#call = call
    this.#items = items
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  next(): Promise<IteratorResult<unknown>> {
    const failure = this.#failure
    this.#failure = undefined
    // Errors travel as plain data, which is what the port promises.
    // oxlint-disable-next-line prefer-promise-reject-errors
    if (failure) return Promise.reject(failure)
    if (this.#isOver) return Promise.resolve(done)
    return new Promise((resolve, reject) => {
      this.#reader = { resolve, reject }
      void this.#pull()
    })
  }

  return(): Promise<IteratorResult<unknown>> {
    this.#call.abort(new ApiError('cancelled', 'The reader of the stream has left.'))
    this.#failure = undefined
    return Promise.resolve(done)
  }

  /** Ends it on behalf of the call, which is over for another reason. */
  abort(reason: WireError): void {
    if (this.#isOver) return
    this.#isOver = true
    const reader = this.#takeReader()
    if (reader) reader.reject(reason)
    else this.#failure = reason
    void endItems(this.#items).then(() => finishCall(this.#call))
  }

  async #pull(): Promise<void> {
    try {
      if (performance.now() - this.#sliceStart > slice) await this.#yieldThread()
      if (this.#isOver) return
      const result = await this.#items.next()
      if (this.#isOver) return
      if (result.done) await this.#finish()
      else this.#takeReader()?.resolve({ done: false, value: result.value })
    } catch (error) {
      if (!this.#isOver) await this.#fail(error)
    }
  }

  /** Streams that are never short of items would otherwise never let a timer or a socket have its turn. */
  async #yieldThread(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve))
    this.#sliceStart = performance.now()
  }

  async #finish(): Promise<void> {
    this.#isOver = true
    const reader = this.#takeReader()
    await finishCall(this.#call)
    reader?.resolve(done)
  }

  async #fail(thrown: unknown): Promise<void> {
    this.#isOver = true
    const reader = this.#takeReader()
    const error = await describeSafely(this.#call, thrown)
    await endItems(this.#items)
    await finishCall(this.#call)
    reader?.reject(error)
  }

  #takeReader(): Reader | undefined {
    const reader = this.#reader
    this.#reader = undefined
    return reader
  }
}

const done: IteratorResult<unknown> = Object.freeze({ done: true, value: undefined })

/** Resolves when the handler's iterator has ended. Nobody is left who would hear what it throws. */
export async function endItems(items: AsyncIterator<unknown>): Promise<void> {
  try {
    await items.return?.()
  } catch {
    // The call has its outcome.
  }
}
