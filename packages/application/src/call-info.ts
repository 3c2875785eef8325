/** What guards, middleware and filters may know about the call that they surround. */
export interface CallInfo {
  /** Unique per call; the id in an error response and in the log. */
  readonly id: string
  /** The app's name in the config, `shop`. */
  readonly app: string
  /** The procedure's path inside its app, `orders/create`. */
  readonly procedure: string
  /** The input as it arrived, not validated. */
  readonly input: unknown
}
