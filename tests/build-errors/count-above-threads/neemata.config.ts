import { defineRuntime } from 'neemata/config'

export default defineRuntime({
  apps: {
    shop: { application: './shop/index.ts', workers: { count: 4 } },
  },
  workers: { api: { threads: 2 } },
})
