import { createDescriptor, type Descriptor } from './descriptor.ts'
import type { InferInput, InferOutput, Schema } from './schema.ts'

/** Something that happens, told to everybody who subscribed at that moment; delivered at most once. */
export interface Event<Published = any, Received = any> extends Descriptor<'event'> {
  /** The same name in every process means the same event. */
  readonly name: string
  readonly payload: Schema
  /** Carries the types; absent at run time. */
  readonly '~types'?: { readonly published: Published; readonly received: Received }
}

export interface EventOptions<P extends Schema> {
  /** Unique in the system, `trips/created`. */
  readonly name: string
  /** Parses the payload when it is published and again where it is received. */
  readonly payload: P
}

/** Declares an event; `inject.pubsub` publishes it and subscribes to it. */
export function defineEvent<P extends Schema>(
  options: EventOptions<P>,
): Event<InferInput<P>, InferOutput<P>> {
  return createDescriptor('event', { name: options.name, payload: options.payload })
}
