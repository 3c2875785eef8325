import type { GatewayHost } from './host.ts'
import type { Limits } from './limits.ts'
import type { GatewayLogger } from './logger.ts'

/** What a transport is given when it starts. */
export interface TransportContext {
  readonly host: GatewayHost
  readonly limits: Limits
  readonly logger: GatewayLogger
}

/** Where a transport can be reached. */
export interface TransportAddress {
  /** The transport's name in the config. */
  readonly transport: string
  readonly url: string
}

/** Translates between one protocol and the host; it decides nothing about applications. */
export interface Transport {
  /** Its name in the config. */
  readonly name: string
  /** Listens. Rejects with a `GatewayError` that names the address when it can't. */
  start(context: TransportContext): Promise<void>
  /** Refuses new calls with `unavailable` and lets the running ones finish. */
  drain(): void
  /** Waits for running calls, at most `timeout` ms, then closes what is left. */
  stop(options: { readonly timeout: number }): Promise<void>
  /** `undefined` until it listens. */
  address(): TransportAddress | undefined
}
