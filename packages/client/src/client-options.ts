/** How a client reaches its server. */
export type ClientOptions = HttpClientOptions | WsClientOptions

interface CommonOptions {
  /** Where the server is. A path is kept, `https://shop.test/api`; a slash at the end makes no difference. */
  readonly url: string | URL
  /**
   * Milliseconds after which a call fails with `timeout`; a stream, if it has not begun by then. 0 or
   * `Infinity`: never. Default: 30,000.
   */
  readonly timeout?: number
}

/** One request for each call; streams as server-sent events. */
export interface HttpClientOptions extends CommonOptions {
  /** Default: `http`. */
  readonly transport?: 'http'
  /** Sent with every call. A function is asked before each one, so that it may bring a fresh token. */
  readonly headers?: ClientHeaders | (() => ClientHeaders | Promise<ClientHeaders>)
  /**
   * `tagged` carries `Date`, `bigint`, `Map`, `Set` and binary both ways, as the contract says; `json` is
   * for servers or tools in between that must see plain JSON. Default: `tagged`.
   */
  readonly format?: 'tagged' | 'json'
  /** Sends the requests. Default: the platform's `fetch`. */
  readonly fetch?: typeof globalThis.fetch
}

/**
 * All calls over one socket. It is opened by the first call and opened again whenever it was lost, after a
 * pause that doubles from 100 ms to 10 s. Calls that run when it is lost fail with `unavailable`; calls
 * made meanwhile wait for it until their timeout.
 */
export interface WsClientOptions extends CommonOptions {
  readonly transport: 'ws'
  /** Where under `url` the server takes sockets: the `path` of its `ws` transport. Default: `/ws`. */
  readonly path?: string
  /**
   * Says who the client is, `Bearer …`, as the `Authorization` header does over HTTP. A function is asked
   * for each connection. Default: nothing.
   */
  readonly authorization?:
    | ClientAuthorization
    | (() => ClientAuthorization | Promise<ClientAuthorization>)
  /** Default: the platform's. Node before 22 has none: pass that of the `ws` package. */
  readonly WebSocket?: WebSocketClass
  /**
   * Milliseconds without a word from the server after which it is asked whether it is still there. It has
   * a third of that for its answer. 0: never ask. Default: 30,000.
   */
  readonly pingInterval?: number
  /** Told of each change. */
  readonly onStateChange?: (state: ConnectionState) => void
}

/** Headers of a request by name; `undefined` leaves one out. */
export type ClientHeaders = Readonly<Record<string, string | undefined>>

export type ClientAuthorization = string | undefined

/**
 * `idle`: no call has needed the socket yet, or it makes no sense to try again before the next one.
 * `waiting`: it was lost or could not be opened, and is tried again after a pause. `closed`: by `$close`.
 */
export type ConnectionState = 'idle' | 'connecting' | 'open' | 'waiting' | 'closed'

/** The part of a standard `WebSocket` that the client uses. */
export interface ClientSocket {
  readonly protocol: string
  send(data: string): void
  close(code?: number, reason?: string): void
  addEventListener(type: 'open' | 'error', listener: () => void): void
  addEventListener(type: 'message', listener: (event: { readonly data: any }) => void): void
  addEventListener(
    type: 'close',
    listener: (event: { readonly code: number; readonly reason: string }) => void,
  ): void
}

export type WebSocketClass = new (url: string, protocols: string[]) => ClientSocket

/** Options of one call. */
export interface ClientCallOptions {
  /** Ends the call, which then rejects with the signal's reason. */
  readonly signal?: AbortSignal
  /** Milliseconds after which this call fails with `timeout`. 0 or `Infinity`: never. Default: the client's. */
  readonly timeout?: number
}
