import type { CallInfo } from './call-info.ts'
import type { Context, Dependencies } from './dependencies.ts'
import { createDescriptor, type Descriptor } from './descriptor.ts'
import type { MaybePromise } from './schema.ts'

export type ErrorClass<E extends Error = Error> = abstract new (...args: never[]) => E

/** Turns what a call threw into what its caller is told. */
export interface Filter extends Descriptor<'filter'> {
  /** The class of errors that this filter is for; `undefined` for all. */
  readonly error: ErrorClass | undefined
  readonly dependencies: Dependencies
  readonly handler: (context: any, error: any, call: CallInfo) => MaybePromise<unknown>
}

export interface FilterOptions<E extends Error, D extends Dependencies> {
  /** Only errors of this class reach the handler. Default: everything that was thrown. */
  readonly error?: ErrorClass<E>
  readonly dependencies?: D
  /** Returns the error to go on with, usually an `ApiError`; nothing leaves it as it was. */
  handler(context: Context<D>, error: E, call: CallInfo): MaybePromise<Error | void>
}

/**
 * Declares a filter. Filters see the errors of middleware, guards, validation and handler; the
 * procedure's own first, then those of its routers from the inside out, then the application's.
 */
export function defineFilter<
  E extends Error = Error,
  D extends Dependencies = Record<never, never>,
>(options: FilterOptions<E, D>): Filter {
  return createDescriptor('filter', {
    error: options.error,
    dependencies: Object.freeze({ ...options.dependencies }),
    handler: options.handler,
  })
}
