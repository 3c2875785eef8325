import { catalogue, type NeemataErrorCode } from './catalogue.ts'

export interface NeemataErrorOptions {
  readonly cause?: unknown
  /** What to do about it here; default: the catalogue's remedy. */
  readonly hint?: string | undefined
}

/** A mistake in how the system is put together or used, with a stable code and a remedy. */
export class NeemataError extends Error {
  /** Stable; listed in docs/errors.md. */
  readonly code: NeemataErrorCode
  /** What to do about it. */
  readonly hint: string

  constructor(code: NeemataErrorCode, message: string, options: NeemataErrorOptions = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined)
    this.name = 'NeemataError'
    this.code = code
    this.hint = options.hint ?? catalogue[code].fix
  }
}
