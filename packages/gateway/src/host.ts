import type { WireError } from './protocol/wire-error.ts'

/**
 * The gateway's port to the applications. Everything that crosses it is plain data, so that the other
 * side may live in this thread or in another: the gateway can't tell.
 */
export interface GatewayHost {
  /** What can be called now. A new object whenever an app was replaced, so callers may cache by it. */
  routes(): RouteTable
  /** Whether the process is alive and whether it should be sent traffic. */
  health(): Health
  /**
   * Opens an app's side of a connection; made on the connection's first call to that app.
   * @throws nothing for an unknown app: ask `routes()` first.
   */
  open(connection: Connection, app: string): Session
  /** Runs one call to its end. Never rejects: a failure is an outcome. */
  call(session: Session, request: CallRequest): Promise<CallOutcome>
  /**
   * Aborts one running call; its outcome is then `cancelled`. A stream that has begun throws that from
   * the item that is being waited for, at once. Unknown ids are ignored.
   */
  cancel(session: Session, call: number): void
  /** Ends the session, and with it the calls that still run in it. */
  close(session: Session): void
}

/** Apps by name. */
export type RouteTable = ReadonlyMap<string, AppRoutes>

export interface AppRoutes {
  /** Names of the transports that may reach this app. */
  readonly transports: ReadonlySet<string>
  /** Procedures by path, `orders/create`. */
  readonly procedures: ReadonlyMap<string, ProcedureRoute>
}

export interface ProcedureRoute {
  readonly kind: 'call' | 'stream'
  /** `true`: the call changes nothing, `GET` is allowed. */
  readonly readonly: boolean
}

export interface Health {
  readonly live: boolean
  readonly ready: boolean
}

/** A client's connection, as plain data. An HTTP request is its own connection. */
export interface Connection {
  readonly id: string
  /** The transport's name in the config. */
  readonly transport: string
  readonly protocol: 'http' | 'ws'
  /** Lower-case names; a header that came more than once is joined with `, `. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly remoteAddress: string
}

/** Names an app's side of one connection; only the host knows what lies behind. */
export interface Session {
  readonly connection: Connection
  readonly app: string
}

export interface CallRequest {
  /** Unique within the session; names the call in `cancel`. */
  readonly id: number
  readonly procedure: string
  readonly input: unknown
}

/**
 * How a call ended. A stream's items are plain data; it is pulled one item at a time, its iterator's
 * `return` is called when the reader has had enough, and what it throws is a `WireError`.
 */
export type CallOutcome =
  | { readonly type: 'value'; readonly value: unknown }
  | { readonly type: 'stream'; readonly stream: AsyncIterable<unknown> }
  | { readonly type: 'error'; readonly error: WireError }
