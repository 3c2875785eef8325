import { ApiError, type Event } from '@neemata/application'

import { copyValue } from '../apps/copy-value.ts'
import type { Logger } from '../declare/logger.ts'
import type { PubSub, SubscribeOptions } from '../declare/pubsub.ts'
import { createValidate, type Issue } from '../pipeline/validate.ts'
import type { ConnectEventBridge, EventBridge } from './event-bridge.ts'
import type { EventMessage } from './event-message.ts'
import { EventQueue } from './event-queue.ts'
import { Subscription } from './subscription.ts'
import { openThreadChannel, type ThreadChannel } from './thread-channel.ts'

export interface EventHubOptions {
  /** Names this process among others; its threads share the name. */
  readonly channel: string
  readonly logger: Logger
  /** Reaches the other processes of the system; absent: there are none. */
  readonly connectBridge?: ConnectEventBridge | undefined
}

/**
 * The events of one thread. Its own subscribers are told directly, other threads by a channel, other
 * processes by a bridge; channel and bridge are opened when events are first used.
 */
export class EventHub implements PubSub {
  readonly #options: EventHubOptions
  readonly #subscriptions = new Map<string, Set<Subscription<unknown>>>()
  #channel: ThreadChannel | undefined
  #bridge: Promise<EventBridge | undefined> | undefined
  #stopped = false
  #bridgeFails = false

  /** Names this process among others. */
  get channel(): string {
    return this.#options.channel
  }

  constructor(options: EventHubOptions) {
    this.#options = options
  }

  async publish<Published>(event: Event<Published>, payload: NoInfer<Published>): Promise<void> {
    if (this.#stopped) return
    // Copied first, so that what the publisher changes later reaches nobody.
    const copy = copyValue(payload, `The payload of the event ${event.name}`)
    const message = { event: event.name, payload: copy }
    await parserOf(event)(copyValue(copy, event.name))
    const bridge = await this.#open()
    if (this.#isStopped()) return
    // Throws for what can't travel, before anybody was told.
    const sent = bridge?.publish(message)
    this.#deliver(message)
    this.#channel?.post(message)
    if (sent) await this.#settle(sent)
  }

  subscribe<Received>(
    event: Event<any, Received>,
    { signal, buffer = 1_000, overflow = 'drop-oldest' }: SubscribeOptions = {},
  ): AsyncIterableIterator<Received> {
    if (!Number.isInteger(buffer) || buffer < 1) {
      throw new RangeError(`The buffer of a subscription holds at least one event, not ${buffer}.`)
    }
    const { name } = event
    const parse = parserOf(event)
    const subscription = new Subscription<Received>({
      queue: new EventQueue(buffer, overflow),
      // A copy of its own: other subscribers may get the same event.
      parse: (payload) => parse(copyValue(payload, name)),
      signal,
      onRefused: (err) => this.#options.logger.error({ err, event: name }, 'an event was refused'),
      onEnd: () => this.#remove(name, subscription),
    })
    if (this.#stopped || signal?.aborted === true) subscription.end()
    else this.#add(name, subscription)
    return subscription
  }

  /** Ends all subscriptions and lets go of channel and bridge. */
  async stop(): Promise<void> {
    this.#stopped = true
    for (const subscriptions of this.#subscriptions.values()) {
      for (const subscription of subscriptions) subscription.end()
    }
    this.#channel?.close()
    await (await this.#bridge)?.close()
  }

  #open(): Promise<EventBridge | undefined> {
    this.#channel ??= openThreadChannel(this.#options.channel, (message) => this.#deliver(message))
    this.#bridge ??= this.#connectBridge()
    return this.#bridge
  }

  async #connectBridge(): Promise<EventBridge | undefined> {
    const { connectBridge, channel, logger } = this.#options
    try {
      return await connectBridge?.({
        origin: channel,
        receive: (message) => this.#deliver(message),
      })
    } catch (err) {
      logger.error({ err }, 'events do not reach other processes: their store can not be used')
      return undefined
    }
  }

  /** An event that can't leave the process is lost for the others: delivery is at most once. */
  async #settle(sent: Promise<void>): Promise<void> {
    try {
      await sent
      this.#bridgeFails = false
    } catch (err) {
      if (this.#bridgeFails || this.#stopped) return
      this.#bridgeFails = true
      this.#options.logger.warn({ err }, 'events do not reach other processes')
    }
  }

  #deliver({ event, payload }: EventMessage): void {
    for (const subscription of this.#subscriptions.get(event) ?? []) subscription.receive(payload)
  }

  #add(name: string, subscription: Subscription<any>): void {
    const known = this.#subscriptions.get(name)
    if (known) return void known.add(subscription)
    this.#subscriptions.set(name, new Set([subscription]))
    this.#follow(name)
  }

  #remove(name: string, subscription: Subscription<any>): void {
    const subscriptions = this.#subscriptions.get(name)
    if (!subscriptions?.delete(subscription) || subscriptions.size > 0) return
    this.#subscriptions.delete(name)
    this.#follow(name)
  }

  /** Decided when the bridge stands: the subscribers may have come and gone meanwhile. */
  #follow(name: string): void {
    void this.#open().then((bridge) => {
      if (this.#stopped) return
      if (this.#subscriptions.has(name)) bridge?.follow(name)
      else bridge?.unfollow(name)
    })
  }

  #isStopped(): boolean {
    return this.#stopped
  }
}

type Parse = (payload: unknown) => unknown

/** One per event object: a subscriber's loop should not prepare it again. */
const parses = new WeakMap<Event, Parse>()

function parserOf(event: Event): Parse {
  const known = parses.get(event)
  if (known) return known
  const validate = createValidate(event.payload, (issues) => refuse(event.name, issues))
  const parse: Parse = (payload) => validate?.(payload)
  parses.set(event, parse)
  return parse
}

function refuse(name: string, issues: readonly Issue[]): ApiError {
  return new ApiError('validation_failed', `The payload of the event ${name} is invalid.`, {
    issues,
  })
}
