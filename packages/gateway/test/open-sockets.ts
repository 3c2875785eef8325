import {
  createGateway,
  createHttpTransport,
  createWebSocketTransport,
  type Gateway,
  type GatewayHost,
  type HttpTransportOptions,
  type Limits,
} from '@neemata/gateway'

import { createFixtureRoutes, FixtureHost } from './fixture-host.ts'
import { testLimits } from './open-gateway.ts'
import { RecordingLogger } from './recording-logger.ts'

export interface OpenSockets<Host extends GatewayHost> extends AsyncDisposable {
  readonly gateway: Gateway
  readonly host: Host
  readonly logger: RecordingLogger
  /** Of the WebSocket transport. */
  readonly url: string
  readonly httpUrl: string
  readonly port: number
}

/** Starts a gateway whose transports `http` and `ws` share a free port. */
export async function openSocketsFor<Host extends GatewayHost>(
  host: Host,
  options: Partial<HttpTransportOptions> & { readonly limits?: Partial<Limits> } = {},
): Promise<OpenSockets<Host>> {
  const { limits, ...rest } = options
  const logger = new RecordingLogger()
  const listen = createHttpTransport('http', { host: '127.0.0.1', port: 0, cors: false, ...rest })
  const gateway = createGateway({
    host,
    transports: [listen, createWebSocketTransport('ws', { path: '/ws', listen })],
    limits: { ...testLimits, ...limits },
    logger,
  })
  await gateway.start()
  const [http, ws] = gateway.addresses()
  const httpUrl = http?.url ?? ''
  return {
    gateway,
    host,
    logger,
    httpUrl,
    url: ws?.url ?? '',
    port: Number(new URL(httpUrl).port),
    [Symbol.asyncDispose]: () => gateway.stop({ timeout: 0 }),
  }
}

export function openSockets(
  options?: Partial<HttpTransportOptions> & { readonly limits?: Partial<Limits> },
): Promise<OpenSockets<FixtureHost>> {
  const host = new FixtureHost()
  host.table = createFixtureRoutes(['http', 'ws'])
  return openSocketsFor(host, options)
}
