import type { Procedure } from './procedure.ts'

/** Options of one call, from a client or from another application. */
export interface CallOptions {
  /** Ends the call when it aborts. */
  readonly signal?: AbortSignal
  /** Milliseconds after which the caller stops waiting and the call fails with `timeout`. */
  readonly timeout?: number
}

/**
 * A procedure as its caller sees it. `generated/contract.ts` is made of these:
 * `get: Call<typeof import('../apps/shop/get.ts').get>`.
 */
export type Call<P> =
  P extends Procedure<infer Input, infer Output>
    ? undefined extends Input
      ? (input?: Input, options?: CallOptions) => Promise<Output>
      : (input: Input, options?: CallOptions) => Promise<Output>
    : never
