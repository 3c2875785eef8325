import type { WireErrorCode } from '@neemata/gateway/protocol'

const brand: symbol = Symbol.for('neemata.ApiError')

export interface ApiErrorOptions extends ErrorOptions {
  readonly code: WireErrorCode
  readonly message: string
  /** The HTTP status of the answer; `undefined` when there was none. */
  readonly status?: number
  /** The answer's line in the server's log. */
  readonly id?: string
  /** What the application meant for its caller; `issues` of a failed validation. */
  readonly data?: unknown
}

/**
 * The server's answer to a call that failed, or `timeout` when the client stopped waiting.
 * `instanceof` also recognises the errors that applications throw on the server.
 */
export class ApiError extends Error {
  readonly code: WireErrorCode
  /** The HTTP status of the answer; `undefined` when there was none. */
  readonly status: number | undefined
  /** The answer's line in the server's log. */
  readonly id: string | undefined
  /** What the application meant for its caller; `issues` of a failed validation. */
  readonly data: unknown

  constructor(options: ApiErrorOptions) {
    super(options.message, options)
    this.name = 'ApiError'
    this.code = options.code
    this.status = options.status
    this.id = options.id
    this.data = options.data
  }
}

Object.defineProperty(ApiError.prototype, brand, { value: true })

// For a subclass `instanceof` means what it always means.
Object.defineProperty(ApiError, Symbol.hasInstance, {
  value(this: unknown, value: unknown): boolean {
    return this === ApiError
      ? typeof value === 'object' && value !== null && brand in value
      : Function.prototype[Symbol.hasInstance].call(this as () => unknown, value)
  },
})
