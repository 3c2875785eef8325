/** The HTTP status of every error code. One table for all transports; its keys are the codes. */
export const errorStatus = {
  bad_request: 400,
  validation_failed: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  not_acceptable: 406,
  request_timeout: 408,
  conflict: 409,
  payload_too_large: 413,
  unsupported_media_type: 415,
  too_many_requests: 429,
  cancelled: 499,
  internal_error: 500,
  unavailable: 503,
  timeout: 504,
} as const

export type WireErrorCode = keyof typeof errorStatus

/** An error as it travels: plain data, nothing of the process that it comes from. */
export interface WireError {
  readonly code: WireErrorCode
  readonly message: string
  /** Details that the application meant for its caller. */
  readonly data?: unknown
  /** Links the answer to a log line; present on errors that the server logged. */
  readonly id?: string
}
