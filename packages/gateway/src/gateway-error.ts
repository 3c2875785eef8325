/** What can go wrong between the gateway and its machine. Names never change. */
export type GatewayErrorCode =
  /** Somebody else listens there. */
  | 'address_in_use'
  /** The system doesn't let this user listen there. */
  | 'permission_denied'
  /** The host name resolves to nothing, or to no address of this machine. */
  | 'bad_host'
  /** Any other reason not to listen. */
  | 'listen_failed'
  /** A gateway or transport starts once. */
  | 'already_started'

export interface GatewayErrorOptions extends ErrorOptions {
  readonly code: GatewayErrorCode
  /** What happened, and why. */
  readonly message: string
  /** What to do about it. */
  readonly remedy: string
}

/** A failure of the gateway itself, never of a call. */
export class GatewayError extends Error {
  readonly code: GatewayErrorCode
  /** What to do about it; part of the message too. */
  readonly remedy: string

  constructor(options: GatewayErrorOptions) {
    super(`${options.message} ${options.remedy}`, options)
    this.name = 'GatewayError'
    this.code = options.code
    this.remedy = options.remedy
  }
}
