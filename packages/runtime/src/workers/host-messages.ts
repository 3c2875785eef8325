import type { Connection, WireError } from '@neemata/gateway'

import type { CarriedIdentity } from '../pipeline/session.ts'

/** What one thread asks of the host of another. Sessions and calls are numbered by who asks. */
export type HostRequest =
  | {
      readonly type: 'open'
      readonly session: number
      readonly connection: Connection
      readonly app: string
      readonly carried: CarriedIdentity | undefined
    }
  | {
      readonly type: 'call'
      readonly session: number
      readonly call: number
      readonly procedure: string
      readonly input: unknown
      readonly callers: readonly string[] | undefined
      readonly timeout: number | undefined
    }
  | {
      readonly type: 'cancel'
      readonly session: number
      readonly call: number
      readonly reason: WireError | undefined
    }
  | { readonly type: 'close'; readonly session: number }
  /** The reader of a stream takes so many items more. */
  | { readonly type: 'credit'; readonly call: number; readonly count: number }
  /** The reader of a stream has had enough. */
  | { readonly type: 'leaveStream'; readonly call: number }

/** What it answers. A stream is answered once as such, then by its items, then by its end. */
export type HostReply =
  | { readonly type: 'value'; readonly call: number; readonly value: unknown }
  | { readonly type: 'error'; readonly call: number; readonly error: WireError }
  | { readonly type: 'stream'; readonly call: number }
  | { readonly type: 'items'; readonly call: number; readonly items: readonly unknown[] }
  | { readonly type: 'streamEnd'; readonly call: number; readonly error: WireError | undefined }
