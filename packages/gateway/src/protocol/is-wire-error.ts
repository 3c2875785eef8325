import { isErrorCode } from './problem.ts'
import type { WireError } from './wire-error.ts'

/** Tells what a host threw for the caller from what was thrown by mistake. */
export function isWireError(value: unknown): value is WireError {
  if (typeof value !== 'object' || value === null || value instanceof Error) return false
  const { code, message } = value as Partial<WireError>
  return isErrorCode(code) && typeof message === 'string'
}
