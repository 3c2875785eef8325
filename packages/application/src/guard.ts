import type { CallInfo } from './call-info.ts'
import type { Context, Dependencies } from './dependencies.ts'
import { createDescriptor, type Descriptor } from './descriptor.ts'
import type { MaybePromise } from './schema.ts'

/** Decides whether a call may go on, before its input is validated. */
export interface Guard extends Descriptor<'guard'> {
  readonly dependencies: Dependencies
  readonly handler: (context: any, call: CallInfo) => MaybePromise<boolean | void>
}

export interface GuardOptions<D extends Dependencies> {
  readonly dependencies?: D
  /** `false` refuses the call with `forbidden`; throw an `ApiError` to refuse it with another code. */
  handler(context: Context<D>, call: CallInfo): MaybePromise<boolean | void>
}

/**
 * Declares a guard. Guards run application first, then routers from the outside in, then the
 * procedure's own; the first that refuses ends the call.
 */
export function defineGuard<D extends Dependencies = Record<never, never>>(
  options: GuardOptions<D>,
): Guard {
  return createDescriptor('guard', {
    dependencies: Object.freeze({ ...options.dependencies }),
    handler: options.handler,
  })
}
