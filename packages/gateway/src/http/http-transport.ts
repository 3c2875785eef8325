import { HttpListener } from './http-listener.ts'
import type { Cors } from './cors.ts'
import type { Transport } from '../transport.ts'

export interface HttpTransportOptions {
  /** Address or name to listen on. */
  readonly host: string
  /** 0 picks a free port. */
  readonly port: number
  /** Which other origins' pages may call. `false`: none; `true`: all, without credentials. */
  readonly cors: Cors
}

/** Makes the transport that speaks HTTP/1.1; `name` is its name in the config. */
export function createHttpTransport(name: string, options: HttpTransportOptions): Transport {
  return new HttpListener(name, options)
}
