import type { CallInfo } from './call-info.ts'
import type { Context, Dependencies } from './dependencies.ts'
import { createDescriptor, type Descriptor } from './descriptor.ts'
import type { MaybePromise } from './schema.ts'

/** Continues the call with what lies further in, and resolves to its output. */
export type Next = () => Promise<unknown>

/** Runs around a call: before its guards, and again after its output was validated. */
export interface Middleware extends Descriptor<'middleware'> {
  readonly dependencies: Dependencies
  readonly handler: (context: any, call: CallInfo, next: Next) => MaybePromise<unknown>
}

export interface MiddlewareOptions<D extends Dependencies> {
  readonly dependencies?: D
  /** Returns the output, usually that of `next()`. `next` may be called once. */
  handler(context: Context<D>, call: CallInfo, next: Next): MaybePromise<unknown>
}

/**
 * Declares a middleware. Middleware form an onion: the application's outermost, then those of the
 * routers from the outside in, then the procedure's own.
 */
export function defineMiddleware<D extends Dependencies = Record<never, never>>(
  options: MiddlewareOptions<D>,
): Middleware {
  return createDescriptor('middleware', {
    dependencies: Object.freeze({ ...options.dependencies }),
    handler: options.handler,
  })
}
