import type {
  CallOutcome,
  CallRequest,
  Connection,
  GatewayHost,
  Session,
  WireError,
} from '@neemata/gateway'

import type { CarriedIdentity } from '../pipeline/session.ts'

/**
 * The gateway's port, with what calls between applications need besides: such a call brings its
 * caller's identity and chain, and takes its caller's reason when it is ended.
 */
export interface AppHost extends GatewayHost {
  open(connection: Connection, app: string, carried?: CarriedIdentity): Session
  call(session: Session, request: AppCallRequest): Promise<CallOutcome>
  cancel(session: Session, call: number, reason?: WireError): void
}

export interface AppCallRequest extends CallRequest {
  /** The calls that led to this one, outermost first; absent in a client's call. */
  readonly callers?: readonly string[] | undefined
  /** The caller's own limit in ms, besides the procedure's. */
  readonly timeout?: number | undefined
}
