import { NeemataError } from '../errors/neemata-error.ts'

/**
 * A copy of what one application hands to another, as it would arrive in another thread.
 * @param what names the value in the message, `The input of places/get`
 * @throws NeemataError NM7302
 */
export function copyValue(value: unknown, what: string): unknown {
  if (typeof value !== 'object' && typeof value !== 'function' && typeof value !== 'symbol') {
    return value
  }
  try {
    return structuredClone(value)
  } catch (cause) {
    throw new NeemataError('NM7302', `${what} can not be copied.`, { cause })
  }
}
