import type { Procedure } from './procedure.ts'
import type { Stream } from './stream.ts'

/** Options of one call, from a client or from another application. */
export interface CallOptions {
  /** Ends the call when it aborts. */
  readonly signal?: AbortSignal
  /** Milliseconds after which the caller stops waiting and the call fails with `timeout`. */
  readonly timeout?: number
}

/**
 * A procedure or stream as its caller sees it. `generated/contract.ts` is made of these:
 * `get: Call<typeof import('../apps/shop/get.ts').get>`. A stream's call begins when it is iterated.
 */
export type Call<P> =
  P extends Stream<infer Input, infer Item>
    ? CallFunction<Input, AsyncIterable<Item>>
    : P extends Procedure<infer Input, infer Output>
      ? CallFunction<Input, Promise<Output>>
      : never

type CallFunction<Input, Answer> = undefined extends Input
  ? (input?: Input, options?: CallOptions) => Answer
  : (input: Input, options?: CallOptions) => Answer
