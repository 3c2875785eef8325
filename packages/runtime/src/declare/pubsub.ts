import type { Event } from '@neemata/application'

export interface SubscribeOptions {
  /** Ends the subscription. */
  readonly signal?: AbortSignal
  /** Events kept for a subscriber that lags. Default: 1,000. */
  readonly buffer?: number
  /** What happens when that is full. Default: `drop-oldest`. */
  readonly overflow?: 'drop-oldest' | 'drop-newest' | 'close'
}

/** `inject.pubsub`: tells every process of the system; at most once, to those who listen at that moment. */
export interface PubSub {
  /** @throws ApiError `validation_failed` if the event's schema refuses the payload */
  publish<Published>(event: Event<Published>, payload: NoInfer<Published>): Promise<void>
  /** The events from now on. Leaving the loop ends the subscription. */
  subscribe<Received>(
    event: Event<any, Received>,
    options?: SubscribeOptions,
  ): AsyncIterableIterator<Received>
}
