import { expectTypeOf, test } from 'vitest'

import { type Configured, defineApp, defineRuntime, env, type EnvReference } from './index.ts'

test('accepts a whole config', () => {
  defineRuntime({
    apps: {
      shop: defineApp({
        application: './apps/shop/index.ts',
        jobs: ['./apps/shop/jobs/*.ts'],
        commands: ['./apps/shop/commands/*.ts'],
        transports: ['http', 'ws'],
        workers: { count: 2 },
        options: { currency: env.string('CURRENCY', 'EUR') },
      }),
      reports: { type: 'worker', jobs: ['./apps/reports/*.ts'] },
      admin: './apps/admin/index.ts',
    },
    transports: {
      http: { type: 'http', host: env.string('HOST', '::'), port: env.port('PORT', 3000) },
      ws: { type: 'ws', listen: 'http', path: '/ws' },
      own: { type: 'custom', module: './transports/own.ts' },
    },
    workers: { api: { threads: 2 }, jobs: { io: { threads: 1, concurrency: 50 } } },
    scheduler: { nightly: { job: 'shop/reindex', cron: '0 3 * * *', input: { full: true } } },
    redis: { url: env.url('REDIS_URL').optional() },
    limits: { bodySize: env.number('BODY_SIZE', 1_000) },
    logging: { level: env.enum('LEVEL', ['info', 'debug']) },
    shutdown: { timeout: 5_000 },
    build: { outDir: 'dist', external: ['sharp'] },
  })
})

test('accepts options that are constants', () => {
  const limits = { connections: 5 } as const
  const apps = { shop: { application: './shop.ts', transports: ['http'] } } as const
  defineRuntime({ apps, limits })
})

test('refuses unknown options', () => {
  // @ts-expect-error: no such section
  defineRuntime({ apps: {}, transport: {} })
  // @ts-expect-error: no such limit
  defineRuntime({ apps: {}, limits: { bodysize: 1 } })
  // @ts-expect-error: no such option of an app
  defineApp({ application: './shop.ts', trasports: [] })
  // @ts-expect-error: apps are required
  defineRuntime({})
  // @ts-expect-error: an application is required
  defineApp({ transports: ['http'] })
})

test('refuses references where the model needs the value', () => {
  // @ts-expect-error: names of modules
  defineRuntime({ apps: { shop: env.string('SHOP') } })
  // @ts-expect-error: names of modules
  defineApp({ application: env.string('SHOP') })
  // @ts-expect-error: file patterns
  defineApp({ application: './shop.ts', jobs: [env.string('JOBS')] })
  // @ts-expect-error: names of transports
  defineApp({ application: './shop.ts', transports: [env.string('TRANSPORT')] })
  // @ts-expect-error: counts of slots
  defineApp({ application: './shop.ts', workers: { count: env.number('SLOTS') } })
  // @ts-expect-error: counts of threads
  defineRuntime({ apps: {}, workers: { api: { threads: env.number('THREADS') } } })
  const job = 'shop/reindex'
  // @ts-expect-error: schedules
  defineRuntime({ apps: {}, scheduler: { nightly: { job, cron: env.string('CRON') } } })
  // @ts-expect-error: folders
  defineRuntime({ apps: {}, build: { outDir: env.string('OUT') } })
})

test('refuses references of another type', () => {
  // @ts-expect-error: a port is a number
  defineRuntime({ apps: {}, transports: { http: { type: 'http', port: env.string('PORT') } } })
  // @ts-expect-error: a level is one of a list
  defineRuntime({ apps: {}, logging: { level: env.string('LEVEL') } })
  // @ts-expect-error: 'loud' is no level
  defineRuntime({ apps: {}, logging: { level: env.enum('LEVEL', ['info', 'loud']) } })
  // @ts-expect-error: a limit must have a value
  defineRuntime({ apps: {}, limits: { connections: env.number('MAX').optional() } })
})

test('types references by their kind', () => {
  expectTypeOf(env.string('A')).toEqualTypeOf<EnvReference<string>>()
  expectTypeOf(env.port('A', 1)).toEqualTypeOf<EnvReference<number>>()
  expectTypeOf(env.boolean('A').optional()).toEqualTypeOf<EnvReference<boolean | undefined>>()
  expectTypeOf(env.enum('A', ['x', 'y'], 'x')).toEqualTypeOf<EnvReference<'x' | 'y'>>()
  expectTypeOf(env.number('A')).toExtend<Configured<number>>()
  // @ts-expect-error: the default is none of the words
  env.enum('A', ['x', 'y'], 'z')
  // @ts-expect-error: a port is a number
  env.port('A', '3000')
})
