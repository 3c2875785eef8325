/** Headers of a request by name; `undefined` leaves one out. */
export type ClientHeaders = Readonly<Record<string, string | undefined>>

export interface ClientOptions {
  /** Where the server is. A path is kept, `https://shop.test/api`; a slash at the end makes no difference. */
  readonly url: string | URL
  /** Sent with every call. A function is asked before each one, so that it may bring a fresh token. */
  readonly headers?: ClientHeaders | (() => ClientHeaders | Promise<ClientHeaders>)
  /** Milliseconds after which a call fails with `timeout`. 0 or `Infinity`: never. Default: 30,000. */
  readonly timeout?: number
  /**
   * `tagged` carries `Date`, `bigint`, `Map`, `Set` and binary both ways, as the contract says; `json` is
   * for servers or tools in between that must see plain JSON. Default: `tagged`.
   */
  readonly format?: 'tagged' | 'json'
  /** Sends the requests. Default: the platform's `fetch`. */
  readonly fetch?: typeof globalThis.fetch
}

/** Options of one call. */
export interface ClientCallOptions {
  /** Ends the call, which then rejects with the signal's reason. */
  readonly signal?: AbortSignal
  /** Milliseconds after which this call fails with `timeout`. 0 or `Infinity`: never. Default: the client's. */
  readonly timeout?: number
}
