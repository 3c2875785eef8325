import {
  createGateway,
  createHttpTransport,
  type Gateway,
  type GatewayHost,
  type HttpTransportOptions,
  type Limits,
} from '@neemata/gateway'

import { FixtureHost } from './fixture-host.ts'
import { RecordingLogger } from './recording-logger.ts'

export interface OpenGateway<Host extends GatewayHost> extends AsyncDisposable {
  readonly gateway: Gateway
  readonly host: Host
  readonly logger: RecordingLogger
  readonly url: string
  readonly port: number
}

export const testLimits: Limits = {
  bodySize: 1_000_000,
  headerSize: 16_384,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 5_000,
  connections: 1_000,
  decodeDepth: 64,
  frameSize: 1_000_000,
  queuedBytes: 4_000_000,
  pingInterval: 30_000,
}

/** Starts a gateway with one HTTP transport on a free port, before the fixture host or another one. */
export async function openGateway(
  options?: Partial<HttpTransportOptions> & { readonly limits?: Partial<Limits> },
): Promise<OpenGateway<FixtureHost>> {
  return openGatewayFor(new FixtureHost(), options)
}

export async function openGatewayFor<Host extends GatewayHost>(
  host: Host,
  options: Partial<HttpTransportOptions> & { readonly limits?: Partial<Limits> } = {},
): Promise<OpenGateway<Host>> {
  const { limits, ...http } = options
  const logger = new RecordingLogger()
  const transport = createHttpTransport('http', {
    host: '127.0.0.1',
    port: 0,
    cors: false,
    ...http,
  })
  const gateway = createGateway({
    host,
    transports: [transport],
    limits: { ...testLimits, ...limits },
    logger,
  })
  await gateway.start()
  const url = gateway.addresses()[0]?.url ?? ''
  return {
    gateway,
    host,
    logger,
    url,
    port: Number(new URL(url).port),
    [Symbol.asyncDispose]: () => gateway.stop({ timeout: 0 }),
  }
}
