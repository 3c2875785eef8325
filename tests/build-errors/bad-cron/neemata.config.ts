import { defineRuntime } from 'neemata/config'

export default defineRuntime({
  apps: {
    shop: { application: './shop/index.ts', jobs: ['./shop/jobs/*.ts'] },
  },
  scheduler: {
    nightly: { job: 'shop/reindex', cron: '0 25 * * *', input: { full: true } },
  },
})
