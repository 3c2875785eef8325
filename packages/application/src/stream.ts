import type { Context, Dependencies } from './dependencies.ts'
import { createDescriptor, type Descriptor, freezeList } from './descriptor.ts'
import type { Filter } from './filter.ts'
import type { Guard } from './guard.ts'
import type { Middleware } from './middleware.ts'
import type { CallerInput, HandlerInput } from './procedure.ts'
import type { InferInput, InferOutput, Schema } from './schema.ts'

/** A procedure that answers with any number of items, one after the other. */
export interface Stream<Input = any, Item = any> extends Descriptor<'stream'> {
  readonly input: Schema | undefined
  readonly output: Schema | undefined
  readonly dependencies: Dependencies
  readonly guards: readonly Guard[]
  readonly middleware: readonly Middleware[]
  readonly filters: readonly Filter[]
  readonly handler: (context: any, input: any) => AsyncIterable<unknown>
  /** Carries the types of a call; absent at run time. */
  readonly '~types'?: { readonly input: Input; readonly output: Item }
}

/** Any stream, whatever its types. */
export type AnyStream = Stream

type HandlerItem<O> = O extends Schema ? InferInput<O> : unknown
type CallerItem<O, Item> = O extends Schema ? InferOutput<O> : Item

export interface StreamOptions<
  I extends Schema | undefined,
  O extends Schema | undefined,
  D extends Dependencies,
  Item,
> {
  /** Parses what the caller sends. Without it the stream takes no input. */
  readonly input?: I
  /** Parses each item; its output goes on the wire. Default: the items as they are. */
  readonly output?: O
  readonly dependencies?: D
  readonly guards?: readonly Guard[]
  readonly middleware?: readonly Middleware[]
  readonly filters?: readonly Filter[]
  /**
   * Yields the items. It is paused while the client has asked for no more, and ended, at its `yield`,
   * when the client cancels or goes away; `inject.signal` aborts at the same moment.
   */
  handler(context: Context<D>, input: HandlerInput<I>): AsyncIterable<Item>
}

/**
 * Declares a stream: like a procedure, with a handler that yields.
 *
 * @example
 * export const watch = defineStream({
 *   output: OrderEvent,
 *   dependencies: { pubsub: inject.pubsub, signal: inject.signal },
 *   async *handler({ pubsub, signal }) {
 *     yield* pubsub.subscribe(orderChanged, { signal })
 *   },
 * })
 */
export function defineStream<
  I extends Schema | undefined = undefined,
  O extends Schema | undefined = undefined,
  D extends Dependencies = Record<never, never>,
  Item extends HandlerItem<O> = HandlerItem<O>,
>(options: StreamOptions<I, O, D, Item>): Stream<CallerInput<I>, CallerItem<O, Item>> {
  return createDescriptor('stream', {
    input: options.input,
    output: options.output,
    dependencies: Object.freeze({ ...options.dependencies }),
    guards: freezeList(options.guards),
    middleware: freezeList(options.middleware),
    filters: freezeList(options.filters),
    handler: options.handler,
  })
}
