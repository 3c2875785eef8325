import { defineRuntime } from 'neemata/config'

export default defineRuntime({
  apps: {
    shop: { application: './shop/index.ts', workers: { slots: [0, 2] } },
  },
  workers: { api: { threads: 2 } },
})
