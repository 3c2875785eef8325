import { inspect } from 'node:util'

import type { NeemataErrorCode } from '../errors/catalogue.ts'
import { NeemataError } from '../errors/neemata-error.ts'

/** Why a thread could not start, as plain data: a clone of an error forgets its class. */
export interface ThreadFailure {
  readonly code: NeemataErrorCode | undefined
  readonly message: string
  readonly hint: string | undefined
  readonly stack: string | undefined
  readonly cause: ThreadFailure | undefined
}

export function describeThreadFailure(error: unknown): ThreadFailure {
  if (!(error instanceof Error)) {
    const message = typeof error === 'string' ? error : inspect(error)
    return { code: undefined, message, hint: undefined, stack: undefined, cause: undefined }
  }
  const known = error instanceof NeemataError ? error : undefined
  return {
    code: known?.code,
    message: error.message,
    hint: known?.hint,
    stack: error.stack,
    cause: error.cause === undefined ? undefined : describeThreadFailure(error.cause),
  }
}

/** The error again, with the stack of the thread where it happened. */
export function restoreThreadFailure({ code, message, hint, stack, cause }: ThreadFailure): Error {
  const options = cause ? { cause: restoreThreadFailure(cause) } : {}
  const error =
    code === undefined
      ? new Error(message, options)
      : new NeemataError(code, message, { ...options, hint })
  if (stack !== undefined) error.stack = stack
  return error
}
