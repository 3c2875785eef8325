import { NeemataError } from '../errors/neemata-error.ts'
import type { Plan } from './plan.ts'
import type { Validate } from './validate.ts'

/**
 * The iterator of what a stream's handler, or a middleware around it, returned.
 * @throws NeemataError NM7307 if it can't be iterated
 */
export function readItems(value: unknown, { app, procedure }: Plan): AsyncIterator<unknown> {
  const method: unknown = (value as Partial<AsyncIterable<unknown>> | null | undefined)?.[
    Symbol.asyncIterator
  ]
  if (typeof method === 'function') return (value as AsyncIterable<unknown>)[Symbol.asyncIterator]()
  throw new NeemataError(
    'NM7307',
    `The handler of ${app}/${procedure}, or a middleware around it, returned no async iterable.`,
  )
}

/**
 * Items as their schema reads them. Not a generator: a generator that waits for an item would pass
 * `return` on only once the item is there.
 */
export class ValidatedItems implements AsyncIterableIterator<unknown> {
  readonly #items: AsyncIterator<unknown>
  readonly #validate: Validate

  constructor(items: AsyncIterator<unknown>, validate: Validate) {
    this.#items = items
    this.#validate = validate
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async next(): Promise<IteratorResult<unknown>> {
    const result = await this.#items.next()
    return result.done ? result : { done: false, value: await this.#validate(result.value) }
  }

  async return(): Promise<IteratorResult<unknown>> {
    await this.#items.return?.()
    return { done: true, value: undefined }
  }
}
