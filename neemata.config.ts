import { defineApp, defineRuntime, env } from 'neemata/config'

export default defineRuntime({
  apps: {
    places: defineApp({
      application: './examples/places/index.ts',
      jobs: ['./examples/places/jobs/*.ts'],
      commands: ['./examples/places/commands/*.ts'],
    }),
    trips: defineApp({
      application: './examples/trips/index.ts',
      jobs: ['./examples/trips/jobs/digest.ts', './examples/trips/jobs/remind.ts'],
    }),
  },
  transports: {
    http: { type: 'http', host: env.string('HOST', '127.0.0.1'), port: env.port('PORT', 3000) },
    ws: { type: 'ws', listen: 'http', path: '/ws' },
  },
  workers: {
    jobs: { io: { threads: 1, concurrency: 10 }, compute: { threads: 1, concurrency: 1 } },
  },
  scheduler: {
    digest: { job: 'trips/digest', cron: '* * * * *' },
  },
  // Without it jobs are kept below .neemata/, by this process alone.
  redis: { url: env.url('REDIS_URL').optional() },
  logging: {
    level: env.enum(
      'LOG_LEVEL',
      ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
      'info',
    ),
  },
})
