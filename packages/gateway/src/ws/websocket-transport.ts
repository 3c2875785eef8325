import type { HttpTransport } from '../http/http-transport.ts'
import type { Transport, TransportAddress, TransportContext } from '../transport.ts'

export interface WebSocketTransportOptions {
  /** Where on its port; the whole path, `/ws`. */
  readonly path: string
  /**
   * The transport whose port it shares. List that one first, so that it stops last. Its `cors` says
   * which other origins' pages may connect.
   */
  readonly listen: HttpTransport
}

/** Makes the transport that speaks the protocol of `docs/protocol.md`; `name` is its name in the config. */
export function createWebSocketTransport(
  name: string,
  options: WebSocketTransportOptions,
): Transport {
  return new WebSocketTransport(name, options)
}

/** Loads the listener when it starts, so that a system without WebSockets doesn't load it. */
class WebSocketTransport implements Transport {
  readonly name: string
  private readonly options: WebSocketTransportOptions
  private loading: Promise<Transport> | undefined
  private listener: Transport | undefined

  constructor(name: string, options: WebSocketTransportOptions) {
    this.name = name
    this.options = options
  }

  async start(context: TransportContext): Promise<void> {
    this.loading ??= this.load()
    await (await this.loading).start(context)
  }

  drain(): void {
    this.listener?.drain()
  }

  async stop(options: { readonly timeout: number }): Promise<void> {
    await (await this.loading)?.stop(options)
  }

  address(): TransportAddress | undefined {
    return this.listener?.address()
  }

  private async load(): Promise<Transport> {
    const { WebSocketListener } = await import('./websocket-listener.ts')
    this.listener = new WebSocketListener(this.name, this.options)
    return this.listener
  }
}
