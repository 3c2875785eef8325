import { HttpListener } from './http-listener.ts'
import type { Cors } from './cors.ts'
import type { Transport } from '../transport.ts'
import type { UpgradeHandler } from './upgrades.ts'

export interface HttpTransportOptions {
  /** Address or name to listen on. */
  readonly host: string
  /** 0 picks a free port. */
  readonly port: number
  /** Which other origins' pages may call. `false`: none; `true`: all, without credentials. */
  readonly cors: Cors
}

/** A transport whose port others can share. */
export interface HttpTransport extends Transport {
  readonly cors: Cors
  /** Gives connections that ask for another protocol at a path to a handler; `undefined` takes it back. */
  handleUpgrades(path: string, handler: UpgradeHandler | undefined): void
}

/** Makes the transport that speaks HTTP/1.1; `name` is its name in the config. */
export function createHttpTransport(name: string, options: HttpTransportOptions): HttpTransport {
  return new HttpListener(name, options)
}
