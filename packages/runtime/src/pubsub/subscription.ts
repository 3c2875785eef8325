import { ApiError } from '@neemata/application'

import type { EventQueue } from './event-queue.ts'

export interface SubscriptionOptions {
  readonly queue: EventQueue
  /** Parses a payload that arrived; throws for one that the event's schema refuses. */
  readonly parse: (payload: unknown) => unknown
  /** Told of a payload that was left out because it could not be parsed. */
  readonly onRefused: (error: unknown) => void
  /** Called once, when no more events are wanted. */
  readonly onEnd: () => void
  readonly signal: AbortSignal | undefined
}

/**
 * One subscriber's events, parsed when they are asked for. It ends when its loop is left, its signal
 * aborts or the process stops; a reader that waits at that moment is let go at once.
 */
export class Subscription<Received> implements AsyncIterableIterator<Received> {
  readonly #options: SubscriptionOptions
  readonly #end = (): void => this.end()
  #ended = false

  constructor(options: SubscriptionOptions) {
    this.#options = options
    options.signal?.addEventListener('abort', this.#end, { once: true })
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async next(): Promise<IteratorResult<Received, undefined>> {
    for (;;) {
      const pulled = await this.#options.queue.pull()
      if (pulled.type === 'end') return { done: true, value: undefined }
      if (pulled.type === 'overflow') {
        this.end()
        throw new ApiError('unavailable', 'The subscriber lags too far behind its events.')
      }
      try {
        return { done: false, value: (await this.#options.parse(pulled.value)) as Received }
      } catch (error) {
        this.#options.onRefused(error)
      }
    }
  }

  async return(): Promise<IteratorResult<Received, undefined>> {
    this.end()
    return { done: true, value: undefined }
  }

  receive(payload: unknown): void {
    this.#options.queue.push(payload)
  }

  end(): void {
    if (this.#ended) return
    this.#ended = true
    this.#options.signal?.removeEventListener('abort', this.#end)
    this.#options.queue.end()
    this.#options.onEnd()
  }
}
