import type { ResolvedConfig } from '../src/config/resolved-config.ts'
import type { Model } from '../src/model/model.ts'

/** A small system: an API with nested routes and a reference without an export of its own. */
export const shopModel: Model = {
  version: 1,
  apps: {
    shop: {
      type: 'api',
      application: { file: 'apps/shop/index.ts', path: ['default'] },
      transports: ['http'],
      slots: 'inline',
      procedures: {
        'orders/create': {
          kind: 'call',
          readonly: false,
          source: { file: 'apps/shop/orders.ts', path: ['create'] },
          guards: [{ file: 'apps/shop/orders.ts', path: ['isCustomer'] }],
          middleware: [],
          filters: [],
          at: 'apps/shop/orders.ts:5:14',
        },
        get: {
          kind: 'call',
          readonly: true,
          source: { file: 'apps/shop/index.ts', path: ['routes', 'routes', 'get'] },
          guards: [{ file: 'apps/shop/index.ts', path: ['routes', 'guards', '0'] }],
          middleware: [],
          filters: [],
          at: 'apps/shop/index.ts:6:8',
        },
      },
      jobs: {},
      commands: {},
      plugins: [],
    },
  },
  schedules: {},
  workers: { api: { threads: 0 }, jobs: {} },
}

/** The config that goes with it. */
export const shopConfig: ResolvedConfig = {
  file: 'neemata.config.ts',
  apps: {
    shop: {
      type: 'api',
      application: 'apps/shop/index.ts',
      transports: ['http'],
      jobs: [],
      commands: [],
      slots: 'inline',
    },
  },
  transports: {
    http: {
      type: 'http',
      host: '127.0.0.1',
      port: { $env: { name: 'PORT', type: 'port', default: 3000, optional: false } },
      cors: { origins: ["https://it's.example"], credentials: false },
    },
  },
  limits: {
    bodySize: 1_048_576,
    headerSize: 16_384,
    headersTimeout: 10_000,
    requestTimeout: 30_000,
    keepAliveTimeout: 5_000,
    connections: 10_000,
    decodeDepth: 64,
    frameSize: 1_048_576,
    queuedBytes: 4_194_304,
    pingInterval: 30_000,
    callTimeout: 30_000,
    callsPerSession: 64,
  },
  logging: {
    level: {
      $env: {
        name: 'LOG_LEVEL',
        type: 'enum',
        values: ['info', 'debug'],
        default: 'info',
        optional: false,
      },
    },
  },
  shutdown: { timeout: 10_000 },
  build: { outDir: 'dist', external: [] },
  workers: { api: { threads: 0 }, jobs: {} },
  scheduler: {},
  redis: {},
}

/** Its sources. */
export const shopFiles: Readonly<Record<string, string>> = {
  'apps/shop/index.ts': `import { defineApplication, defineGuard, defineProcedure, defineRouter } from 'neemata'
import { create } from './orders.ts'

const isAnybody = defineGuard({ handler: () => true })
export const routes = defineRouter(
  { get: defineProcedure({ readonly: true, handler: () => ({ id: 1 }) }), orders: defineRouter({ create }) },
  { guards: [isAnybody] },
)
export default defineApplication({ router: routes })
`,
  'apps/shop/orders.ts': `import { defineGuard, defineProcedure } from 'neemata'
import { z } from 'zod'

export const isCustomer = defineGuard({ handler: () => true })
export const create = defineProcedure({
  input: z.object({ sku: z.string() }),
  handler: (_, { sku }) => ({ sku }),
})
`,
}
