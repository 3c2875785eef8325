import {
  type AnyProcedure,
  type AnyStream,
  type Application,
  defineApplication,
  type Filter,
  type Guard,
  isDescriptor,
  type Middleware,
} from '@neemata/application'

import type { AnyCommand } from '../src/declare/command.ts'
import {
  createLogger,
  createRuntime,
  type Registry,
  type Runtime,
  type RuntimeConfig,
  type RuntimeLimits,
  type RuntimeOptions,
} from '../src/index.ts'

export interface TestRoute {
  readonly procedure: AnyProcedure | AnyStream
  readonly guards?: readonly Guard[]
  readonly middleware?: readonly Middleware[]
  readonly filters?: readonly Filter[]
}

export interface TestApp {
  readonly application?: Application
  readonly procedures: Readonly<Record<string, AnyProcedure | AnyStream | TestRoute>>
  readonly commands?: Readonly<Record<string, AnyCommand>>
}

export interface TestSystemOptions extends Omit<RuntimeOptions, 'logger'> {
  readonly apps: Readonly<Record<string, TestApp>>
  readonly limits?: Partial<RuntimeLimits>
  /** In ms; default: 10 s. */
  readonly shutdownTimeout?: number
}

export interface TestSystem {
  readonly runtime: Runtime
  /** Every log line so far. */
  readonly logs: Record<string, unknown>[]
  url(): string
  /** Calls over a real socket; the body of the answer, whatever its status. */
  call(path: string, input?: unknown, init?: RequestInit): Promise<TestAnswer>
}

export interface TestAnswer {
  readonly status: number
  readonly body: any
}

/** A runtime with real sockets on a free port, not started. */
export function createTestSystem(options: TestSystemOptions): TestSystem {
  const { apps, limits, shutdownTimeout = 10_000, ...runtimeOptions } = options
  const logs: Record<string, unknown>[] = []
  const logger = createLogger(
    { level: 'debug' },
    { write: (line) => void logs.push(JSON.parse(line) as Record<string, unknown>) },
  )
  const config = {
    ...createTestConfig(Object.keys(apps), limits),
    shutdown: { timeout: shutdownTimeout },
  }
  const runtime = createRuntime(createTestRegistry(apps), config, { ...runtimeOptions, logger })
  const url = () => {
    const [address] = runtime.gateway.addresses()
    if (!address) throw new Error('the system does not listen')
    return address.url
  }
  return {
    runtime,
    logs,
    url,
    async call(path, input, init) {
      const response = await fetch(new URL(path, url()), {
        method: 'POST',
        body: input === undefined ? null : JSON.stringify(input),
        ...init,
        headers: {
          ...(input !== undefined && { 'content-type': 'application/json' }),
          ...init?.headers,
        },
      })
      const text = await response.text()
      return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
    },
  }
}

export function createTestConfig(
  apps: readonly string[],
  limits: Partial<RuntimeLimits> = {},
): RuntimeConfig {
  return {
    apps: Object.fromEntries(apps.map((name) => [name, { transports: ['http'] }])),
    transports: { http: { type: 'http', host: '127.0.0.1', port: 0, cors: false } },
    limits: {
      bodySize: 1_000_000,
      headerSize: 16_384,
      headersTimeout: 10_000,
      requestTimeout: 10_000,
      keepAliveTimeout: 5_000,
      connections: 1_000,
      decodeDepth: 64,
      frameSize: 1_000_000,
      queuedBytes: 4_000_000,
      pingInterval: 30_000,
      callTimeout: 10_000,
      callsPerSession: 100,
      ...limits,
    },
    logging: { level: 'info' },
    shutdown: { timeout: 10_000 },
    workers: { api: { threads: 0 }, jobs: {} },
    scheduler: {},
    redis: {},
  }
}

export function createTestRegistry(apps: Readonly<Record<string, TestApp>>): Registry {
  return {
    version: 1,
    apps: Object.fromEntries(
      Object.entries(apps).map(
        ([name, { application = defineApplication({}), procedures, commands = {} }]) => [
          name,
          {
            type: 'api',
            application: () => application,
            procedures: Object.fromEntries(
              Object.entries(procedures).map(([path, route]) => [path, toEntry(name, path, route)]),
            ),
            jobs: {},
            commands: Object.fromEntries(
              Object.entries(commands).map(([key, command]) => [
                key,
                { load: () => command, at: `apps/${name}/commands/${key}.ts:1:1` },
              ]),
            ),
            plugins: application.plugins.map((plugin) => () => plugin),
            slots: 'inline',
          },
        ],
      ),
    ),
  }
}

function toEntry(
  app: string,
  path: string,
  entry: AnyProcedure | AnyStream | TestRoute,
): Registry['apps'][string]['procedures'][string] {
  const route: TestRoute = 'procedure' in entry ? entry : { procedure: entry }
  return {
    load: () => route.procedure,
    kind: isDescriptor(route.procedure, 'stream') ? 'stream' : 'call',
    readonly: 'readonly' in route.procedure && route.procedure.readonly,
    guards: (route.guards ?? []).map((guard) => () => guard),
    middleware: (route.middleware ?? []).map((one) => () => one),
    filters: (route.filters ?? []).map((filter) => () => filter),
    at: `apps/${app}/${path}.ts:1:1`,
  }
}
