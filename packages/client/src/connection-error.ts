export interface ConnectionErrorOptions extends ErrorOptions {
  /** The HTTP status, when something did answer. */
  readonly status?: number
}

/**
 * The server could not be reached, or what answered was not a Neemata server: a proxy's error page, a
 * truncated body. `cause` holds the reason.
 */
export class ConnectionError extends Error {
  /** The HTTP status, when something did answer. */
  readonly status: number | undefined

  constructor(message: string, options: ConnectionErrorOptions = {}) {
    super(message, options)
    this.name = 'ConnectionError'
    this.status = options.status
  }
}
