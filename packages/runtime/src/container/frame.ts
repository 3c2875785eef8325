import type { MaybePromise } from '@neemata/application'

import type { Container } from './container.ts'

/** What a container needs to know of the session that it belongs to. */
export interface SessionFrame {
  /** Where the session's values live; made on first access. */
  readonly container: Container
  /** The client's connection as plain data. */
  readonly connection: unknown
  /** Who the session's caller is; resolved on first use, once. */
  identity(): MaybePromise<unknown>
}

/** What a container needs to know of the call that it belongs to. */
export interface CallFrame {
  readonly session: SessionFrame
  /** Where the call's values live; made on first access. */
  readonly container: Container
  /** Made on first access. */
  readonly signal: AbortSignal
  /** The other applications, to be called on behalf of this call. */
  readonly apps: unknown
}
