/** The codes that a caller can meet. Each has one HTTP status, listed in the gateway's protocol. */
export type ErrorCode =
  | 'bad_request'
  | 'validation_failed'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'method_not_allowed'
  | 'not_acceptable'
  | 'request_timeout'
  | 'conflict'
  | 'payload_too_large'
  | 'unsupported_media_type'
  | 'too_many_requests'
  | 'cancelled'
  | 'internal_error'
  | 'unavailable'
  | 'timeout'

const brand: symbol = Symbol.for('neemata.ApiError')

/**
 * The error that a caller is meant to see. Code, message and data reach the client; anything else that
 * is thrown becomes `internal_error` with an id that the log carries.
 *
 * @example
 * throw new ApiError('conflict', 'The order was shipped already.', { orderId })
 */
export class ApiError<Data = unknown> extends Error {
  readonly code: ErrorCode
  /** Details for the client; must be a value that the wire formats can carry. */
  readonly data: Data | undefined

  constructor(code: ErrorCode, message: string = code, data?: Data, options?: ErrorOptions) {
    super(message, options)
    this.name = 'ApiError'
    this.code = code
    this.data = data
  }
}

Object.defineProperty(ApiError.prototype, brand, { value: true })

// `instanceof ApiError` recognises the errors of another copy of this package too; for a subclass it
// means what it always means.
Object.defineProperty(ApiError, Symbol.hasInstance, {
  value(this: unknown, value: unknown): boolean {
    return this === ApiError
      ? typeof value === 'object' && value !== null && brand in value
      : Function.prototype[Symbol.hasInstance].call(this as () => unknown, value)
  },
})
