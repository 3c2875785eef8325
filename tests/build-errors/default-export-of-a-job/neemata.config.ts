import { defineRuntime } from 'neemata/config'

export default defineRuntime({
  apps: {
    shop: { application: './shop/index.ts', jobs: ['./shop/jobs/*.ts'] },
  },
})
