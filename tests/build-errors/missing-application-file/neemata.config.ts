import { defineRuntime } from 'neemata/config'

export default defineRuntime({
  apps: {
    shop: './shop/application.ts',
  },
})
