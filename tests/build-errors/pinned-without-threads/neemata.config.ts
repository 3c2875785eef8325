import { defineRuntime } from 'neemata/config'

export default defineRuntime({
  apps: {
    shop: { application: './shop/index.ts', workers: { slots: [0] } },
  },
  workers: { api: { threads: 0 } },
})
