import { defineRuntime } from 'neemata/config'

export default defineRuntime({
  apps: {
    shop: './shop/index.ts',
  },
  transports: {
    http: { type: 'http', port: 0 },
    ws: { type: 'ws', listen: 'htpp' },
  },
})
