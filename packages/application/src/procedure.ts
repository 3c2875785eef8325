import type { Context, Dependencies } from './dependencies.ts'
import { createDescriptor, type Descriptor, freezeList } from './descriptor.ts'
import type { Filter } from './filter.ts'
import type { Guard } from './guard.ts'
import type { Middleware } from './middleware.ts'
import type { InferInput, InferOutput, MaybePromise, Schema } from './schema.ts'

/**
 * A function that clients and other applications can call. `Input` is what a caller sends, `Output`
 * what it gets back.
 */
export interface Procedure<Input = any, Output = any> extends Descriptor<'procedure'> {
  readonly input: Schema | undefined
  readonly output: Schema | undefined
  readonly dependencies: Dependencies
  readonly guards: readonly Guard[]
  readonly middleware: readonly Middleware[]
  readonly filters: readonly Filter[]
  readonly timeout: number | undefined
  readonly readonly: boolean
  readonly handler: (context: any, input: any) => unknown
  /** Carries the types of a call; absent at run time. */
  readonly '~types'?: { readonly input: Input; readonly output: Output }
}

/** Any procedure, whatever its types. */
export type AnyProcedure = Procedure

/** What a handler receives: its schema's output, or nothing. */
export type HandlerInput<I> = I extends Schema ? InferOutput<I> : undefined
type HandlerResult<O> = O extends Schema ? MaybePromise<InferInput<O>> : unknown
/** What a caller sends: its schema's input, or nothing. */
export type CallerInput<I> = I extends Schema ? InferInput<I> : undefined
type CallerOutput<O, Result> = O extends Schema ? InferOutput<O> : Awaited<Result>

export interface ProcedureOptions<
  I extends Schema | undefined,
  O extends Schema | undefined,
  D extends Dependencies,
  Result,
> {
  /** Parses what the caller sends. Without it the procedure takes no input. */
  readonly input?: I
  /** Parses what the handler returns; its output goes on the wire. Default: the value as it is. */
  readonly output?: O
  readonly dependencies?: D
  readonly guards?: readonly Guard[]
  readonly middleware?: readonly Middleware[]
  readonly filters?: readonly Filter[]
  /** Milliseconds after which the call fails with `timeout`. Default: `limits.callTimeout`. */
  readonly timeout?: number
  /** A call changes nothing, so `GET` is allowed too. Must be a literal. Default: `false`. */
  readonly readonly?: boolean
  handler(context: Context<D>, input: HandlerInput<I>): Result
}

/**
 * Declares a procedure: its schemas, what it depends on, and the handler.
 *
 * @example
 * export const get = defineProcedure({
 *   input: z.object({ id: z.string() }),
 *   output: Order,
 *   dependencies: { db, signal: inject.signal },
 *   handler: ({ db, signal }, { id }) => db.orders.find(id, { signal }),
 * })
 */
export function defineProcedure<
  I extends Schema | undefined = undefined,
  O extends Schema | undefined = undefined,
  D extends Dependencies = Record<never, never>,
  Result extends HandlerResult<O> = HandlerResult<O>,
>(options: ProcedureOptions<I, O, D, Result>): Procedure<CallerInput<I>, CallerOutput<O, Result>> {
  return createDescriptor('procedure', {
    input: options.input,
    output: options.output,
    dependencies: Object.freeze({ ...options.dependencies }),
    guards: freezeList(options.guards),
    middleware: freezeList(options.middleware),
    filters: freezeList(options.filters),
    timeout: options.timeout,
    readonly: options.readonly ?? false,
    handler: options.handler,
  })
}
