/** What a client may ask of the process. All on by default; sizes in bytes, times in milliseconds. */
export interface Limits {
  /** Largest request body. */
  readonly bodySize: number
  /** Largest total of request headers. */
  readonly headerSize: number
  /** Longest wait for a request's headers. */
  readonly headersTimeout: number
  /** Longest wait for a whole request, body included. */
  readonly requestTimeout: number
  /** How long an idle connection is kept open. */
  readonly keepAliveTimeout: number
  /** Most connections at a time; more are closed on arrival. */
  readonly connections: number
  /** Deepest nesting of arrays and objects in an input. */
  readonly decodeDepth: number
  /** Largest message of a WebSocket client. */
  readonly frameSize: number
  /** Most bytes that wait for a WebSocket client before it is closed; streams pause at a quarter. */
  readonly queuedBytes: number
  /** How often a silent client is probed, and how long it may take to answer. */
  readonly pingInterval: number
}
