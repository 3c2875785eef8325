import { GatewayError } from './gateway-error.ts'
import type { GatewayHost } from './host.ts'
import type { Limits } from './limits.ts'
import type { GatewayLogger } from './logger.ts'
import type { Transport, TransportAddress } from './transport.ts'

export interface GatewayOptions {
  readonly host: GatewayHost
  /** Started in this order, stopped in reverse. */
  readonly transports: readonly Transport[]
  readonly limits: Limits
  readonly logger: GatewayLogger
}

/** The one door of the process: all transports, one host. */
export interface Gateway {
  /**
   * Starts every transport; if one fails, stops those that had started and rejects.
   * @throws {GatewayError} `already_started`, or what the transport rejected with.
   */
  start(): Promise<void>
  /** Refuses new calls with `unavailable`, keeps answering the running ones. */
  drain(): void
  /** Drains, waits at most `timeout` ms, then closes everything. Never rejects. */
  stop(options: { readonly timeout: number }): Promise<void>
  addresses(): readonly TransportAddress[]
}

/** Makes the process's gateway; the only way to make one. */
export function createGateway(options: GatewayOptions): Gateway {
  return new TransportGateway(options)
}

class TransportGateway implements Gateway {
  private readonly options: GatewayOptions
  private readonly started: Transport[] = []
  private starting: Promise<void> | undefined
  private stopping: Promise<void> | undefined

  constructor(options: GatewayOptions) {
    this.options = options
  }

  start(): Promise<void> {
    if (this.starting !== undefined || this.stopping !== undefined) {
      return Promise.reject(
        new GatewayError({
          code: 'already_started',
          message: 'This gateway was started before.',
          remedy: 'Make another one with createGateway().',
        }),
      )
    }
    this.starting = this.startAll()
    return this.starting
  }

  drain(): void {
    for (const transport of this.started) transport.drain()
  }

  stop({ timeout }: { readonly timeout: number }): Promise<void> {
    this.stopping ??= this.stopAll(timeout)
    return this.stopping
  }

  addresses(): readonly TransportAddress[] {
    return this.started.flatMap((transport) => transport.address() ?? [])
  }

  private async startAll(): Promise<void> {
    const { host, limits, logger, transports } = this.options
    try {
      for (const transport of transports) {
        await transport.start({ host, limits, logger })
        this.started.push(transport)
      }
    } catch (error) {
      await this.stopStarted(0)
      throw error
    }
  }

  private async stopAll(timeout: number): Promise<void> {
    const deadline = performance.now() + timeout
    // A failed start has stopped everything already, and its caller knows.
    await this.starting?.catch(() => undefined)
    this.drain()
    await this.stopStarted(deadline - performance.now())
  }

  /** One after the other, because a later transport may sit on an earlier one's listener. */
  private async stopStarted(timeout: number): Promise<void> {
    const deadline = performance.now() + timeout
    for (let transport = this.started.pop(); transport; transport = this.started.pop()) {
      try {
        await transport.stop({ timeout: Math.max(0, deadline - performance.now()) })
      } catch (error) {
        const fields = { err: error, transport: transport.name }
        this.options.logger.error(fields, 'A transport failed to stop.')
      }
    }
  }
}
