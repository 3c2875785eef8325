import type { ResolvedConfig } from '../src/config/resolved-config.ts'
import type { Model } from '../src/model/model.ts'
import { shopConfig, shopFiles, shopModel } from './shop.ts'

const shop = shopModel.apps['shop']!

/** A system with every optional part: jobs, schedules, threads, sockets, commands, plugins, Redis. */
export const fullModel: Model = {
  version: 1,
  apps: {
    shop: {
      ...shop,
      transports: ['http', 'ws'],
      slots: [0, 1],
      procedures: {
        ...shop.procedures,
        watch: {
          kind: 'stream',
          readonly: false,
          source: { file: 'apps/shop/watch.ts', path: ['watch'] },
          guards: [],
          middleware: [],
          filters: [],
          at: 'apps/shop/watch.ts:3:14',
        },
      },
      jobs: {
        reindex: {
          source: { file: 'apps/shop/jobs.ts', path: ['reindex'] },
          pool: 'compute',
          at: 'apps/shop/jobs.ts:4:14',
        },
      },
      commands: {
        seed: {
          source: { file: 'apps/shop/commands.ts', path: ['seed'] },
          at: 'apps/shop/commands.ts:3:14',
        },
      },
      plugins: [
        {
          name: 'audit',
          source: { file: 'apps/shop/audit.ts', path: ['audit'] },
          at: 'apps/shop/audit.ts:3:14',
        },
      ],
    },
    reports: {
      type: 'worker',
      procedures: {},
      jobs: {
        digest: {
          source: { file: 'apps/reports/jobs.ts', path: ['digest'] },
          pool: 'io',
          at: 'apps/reports/jobs.ts:3:14',
        },
      },
      commands: {},
      plugins: [],
      transports: [],
      slots: 'inline',
    },
  },
  schedules: { nightly: { job: 'shop/reindex', cron: '0 3 * * *', timezone: 'Europe/Berlin' } },
  workers: {
    api: { threads: 2 },
    jobs: { io: { threads: 1, concurrency: 10 }, compute: { threads: 0, concurrency: 1 } },
  },
}

/** The config that goes with it. */
export const fullConfig: ResolvedConfig = {
  ...shopConfig,
  apps: {
    shop: {
      type: 'api',
      application: 'apps/shop/index.ts',
      transports: ['http', 'ws'],
      jobs: ['apps/shop/jobs.ts'],
      commands: ['apps/shop/commands.ts'],
      slots: [0, 1],
    },
    reports: {
      type: 'worker',
      transports: [],
      jobs: ['apps/reports/jobs.ts'],
      commands: [],
      slots: 'inline',
    },
  },
  transports: { ...shopConfig.transports, ws: { type: 'ws', listen: 'http', path: '/ws' } },
  workers: fullModel.workers,
  scheduler: {
    nightly: {
      job: 'shop/reindex',
      cron: '0 3 * * *',
      timezone: 'Europe/Berlin',
      input: { full: true, $env: 'data, not a reference' },
    },
  },
  redis: { url: { $env: { name: 'REDIS_URL', type: 'url', optional: true } } },
}

/** Its sources. */
export const fullFiles: Readonly<Record<string, string>> = {
  ...shopFiles,
  'apps/shop/watch.ts': `import { defineStream } from 'neemata'

export const watch = defineStream({
  async *handler() {
    yield { tick: 1 }
  },
})
`,
  'apps/shop/jobs.ts': `import { defineJob } from 'neemata'
import { z } from 'zod'

export const reindex = defineJob({
  pool: 'compute',
  input: z.object({ full: z.boolean() }),
  handler: (_, { full }) => (full ? 2 : 1),
})
`,
  'apps/shop/commands.ts': `import { defineCommand } from 'neemata'

export const seed = defineCommand({ handler: () => 'seeded' })
`,
  'apps/shop/audit.ts': `import { definePlugin } from 'neemata'

export const audit = definePlugin({ name: 'audit' })
`,
  'apps/reports/jobs.ts': `import { defineJob } from 'neemata'

export const digest = defineJob({ handler: () => 'sent' })
`,
}

/** The application of `shop` with all of these parts. */
export const fullApplication = `import { defineApplication, defineGuard, defineProcedure, defineRouter } from 'neemata'
import { audit } from './audit.ts'
import { create } from './orders.ts'
import { watch } from './watch.ts'

const isAnybody = defineGuard({ handler: () => true })
export const routes = defineRouter(
  {
    get: defineProcedure({ readonly: true, handler: () => ({ id: 1 }) }),
    orders: defineRouter({ create }),
    watch,
  },
  { guards: [isAnybody] },
)
export default defineApplication({ router: routes, plugins: [audit] })
`
