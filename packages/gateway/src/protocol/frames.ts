import type { WireError } from './wire-error.ts'

/** The WebSocket subprotocol of these frames, one tagged-JSON text message each. */
export const jsonSubprotocol = 'neemata.v1.json'

/** Items that a stream may send before its client grants more, when the call doesn't say. */
export const defaultCredit = 256

/** The most items that a stream may have leave to send; what is granted beyond is dropped. */
export const largestCredit = 65_536

/** What a client says. `id` names a call: a positive integer that no running call of the connection has. */
export type ClientFrame =
  | AuthFrame
  | CallFrame
  | CreditFrame
  | CancelFrame
  | { readonly type: 'ping' }

/** Says who the client is, where it could set no header. Only before the first call, and only once. */
export interface AuthFrame {
  readonly type: 'auth'
  /** Stands for the header of that name: `Bearer …`. */
  readonly authorization: string
}

/** Starts a call; a procedure answers with `result`, a stream with `stream`, `items` … `end`. */
export interface CallFrame {
  readonly type: 'call'
  readonly id: number
  /** App and path, `shop/orders/create`. */
  readonly procedure: string
  /** Absent: `undefined`. */
  readonly input?: unknown
  /** Items that a stream may send at first, 1 to 65,536. Default: 256. */
  readonly credit?: number
}

/** Lets a stream send so many items more; ignored for a call that has ended. */
export interface CreditFrame {
  readonly type: 'credit'
  readonly id: number
  /** 1 to 65,536. */
  readonly items: number
}

/** Ends a call, whose last frame is then an `error` with `cancelled`; ignored for one that has ended. */
export interface CancelFrame {
  readonly type: 'cancel'
  readonly id: number
}

/** What a server says. Each call gets exactly one of `result`, `end` and `error`, as its last frame. */
export type ServerFrame =
  | ResultFrame
  | ErrorFrame
  | { readonly type: 'stream'; readonly id: number }
  | ItemsFrame
  | { readonly type: 'end'; readonly id: number }
  | { readonly type: 'pong' }
  | { readonly type: 'going_away' }

export interface ResultFrame {
  readonly type: 'result'
  readonly id: number
  /** Absent: `undefined`. */
  readonly value?: unknown
}

export interface ErrorFrame {
  readonly type: 'error'
  readonly id: number
  readonly error: WireError
}

/** The next items of a stream, at least one; each takes one from its credit. */
export interface ItemsFrame {
  readonly type: 'items'
  readonly id: number
  readonly items: readonly unknown[]
}
