import { defineRuntime, env } from 'neemata/config'

export default defineRuntime({
  apps: {
    shop: { application: './shop/index.ts', jobs: ['./shop/jobs/*.ts'] },
  },
  scheduler: {
    nightly: { job: 'shop/reindex', cron: env.string('CRON') },
  },
})
