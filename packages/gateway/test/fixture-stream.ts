import { setImmediate as nextTurn } from 'node:timers/promises'

import type { WireError } from '@neemata/gateway'

/** What `counting/state` shows of all runs of `counting`. */
export interface CountingState {
  running: number
  produced: number
}

export const cancelled: WireError = { code: 'cancelled', message: 'Cancelled.' }

/** The items of a stream of the fixture; `undefined` for what is no stream. */
export function createItems(
  procedure: string,
  input: unknown,
  state: CountingState,
): AsyncIterator<unknown> | undefined {
  switch (procedure) {
    case 'items':
      return yieldItems(input)
    case 'failing':
      return yieldAndFail(input)
    case 'counting':
      return countUp(state, input)
    case 'silent':
      return yieldOnce(input)
    case 'unsendable/items':
      return yieldItems([1, { callback: () => 1 }, 3])
    default:
      return undefined
  }
}

async function* yieldItems(input: unknown): AsyncGenerator<unknown> {
  yield* input as readonly unknown[]
}

async function* yieldAndFail(input: unknown): AsyncGenerator<unknown> {
  yield* input as readonly unknown[]
  const error: WireError = { code: 'conflict', message: 'Shipped already.', data: { order: 7n } }
  throw error
}

/** 0, 1, 2 … or the input again and again. */
async function* countUp(state: CountingState, input: unknown): AsyncGenerator<unknown> {
  state.running++
  try {
    for (let i = 0; ; i++) {
      state.produced++
      if (i % 100 === 99) await nextTurn()
      yield input ?? i
    }
  } finally {
    state.running--
  }
}

async function* yieldOnce(input: unknown): AsyncGenerator<unknown> {
  yield input
  await new Promise(() => undefined)
}

/** Items that can be cut off from outside while one is awaited, as the port asks. */
export class FixtureStream implements AsyncIterableIterator<unknown> {
  private readonly items: AsyncIterator<unknown>
  private isOver = false
  private failure: WireError | undefined
  private reject: ((error: WireError) => void) | undefined

  constructor(items: AsyncIterator<unknown>) {
    this.items = items
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  next(): Promise<IteratorResult<unknown>> {
    const { failure } = this
    this.failure = undefined
    if (failure) return Promise.reject(failure)
    if (this.isOver) return Promise.resolve({ done: true, value: undefined })
    return new Promise((resolve, reject) => {
      this.reject = reject
      this.items.next().then((result) => {
        this.isOver ||= result.done === true
        resolve(result)
      }, reject)
    })
  }

  async return(): Promise<IteratorResult<unknown>> {
    this.isOver = true
    this.failure = undefined
    void this.items.return?.()
    return { done: true, value: undefined }
  }

  abort(): void {
    if (this.isOver) return
    this.isOver = true
    this.failure = cancelled
    this.reject?.(cancelled)
    void this.items.return?.()
  }
}
