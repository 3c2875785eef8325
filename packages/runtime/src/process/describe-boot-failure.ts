import { inspect } from 'node:util'

import { catalogue } from '../errors/catalogue.ts'
import type { NeemataError } from '../errors/neemata-error.ts'

/**
 * What standard error says when a process can't start. Mistakes that we know are explained without a
 * stack; the stack that helps is that of users' code, which comes along as the cause.
 */
export function describeBootFailure(error: unknown): string {
  if (!isNeemataError(error)) return `The server could not start.\n\n${inspect(error)}`
  const { why } = catalogue[error.code]
  const lines = [`${error.code}: ${error.message}`, '', `Why: ${why}`, `Fix: ${error.hint}`]
  const { cause } = error
  if (cause !== undefined && !isExplained(cause)) lines.push('', `Cause: ${inspect(cause)}`)
  return lines.join('\n')
}

/** By its shape, because the module that threw it may have come with another copy of this package. */
function isNeemataError(error: unknown): error is NeemataError {
  return (
    error instanceof Error &&
    error.name === 'NeemataError' &&
    'code' in error &&
    Object.hasOwn(catalogue, String(error.code))
  )
}

/** An error of the gateway has put all that matters into its message. */
function isExplained(cause: unknown): boolean {
  return isNeemataError(cause) || (cause instanceof Error && cause.name === 'GatewayError')
}
