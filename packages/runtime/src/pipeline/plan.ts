import type { CallInfo, ErrorClass, MaybePromise, Next } from '@neemata/application'

import type { ContextSource } from './context-source.ts'
import type { Validate } from './validate.ts'

/** All that is known of a procedure before it is called, made once at boot. */
export interface Plan {
  readonly app: string
  readonly procedure: string
  readonly kind: 'call' | 'stream'
  readonly readonly: boolean
  /** Milliseconds; `Infinity` for none. */
  readonly timeout: number
  readonly validateInput: Validate | undefined
  readonly validateOutput: Validate | undefined
  readonly context: ContextSource
  readonly handler: (context: object, input: unknown) => unknown
  /** Outermost first. */
  readonly middleware: readonly MiddlewareStep[]
  /** In the order in which they run. */
  readonly guards: readonly GuardStep[]
  /** In the order in which they run: innermost first. */
  readonly filters: readonly FilterStep[]
}

export interface MiddlewareStep {
  readonly context: ContextSource
  readonly handler: (context: object, call: CallInfo, next: Next) => MaybePromise<unknown>
}

export interface GuardStep {
  readonly context: ContextSource
  readonly handler: (context: object, call: CallInfo) => MaybePromise<boolean | void>
}

export interface FilterStep {
  readonly error: ErrorClass | undefined
  readonly context: ContextSource
  readonly handler: (context: object, error: Error, call: CallInfo) => MaybePromise<unknown>
}
