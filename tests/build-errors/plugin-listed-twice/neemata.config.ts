import { defineRuntime } from 'neemata/config'

export default defineRuntime({
  apps: {
    shop: './shop/index.ts',
  },
})
