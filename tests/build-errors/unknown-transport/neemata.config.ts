import { defineRuntime } from 'neemata/config'

export default defineRuntime({
  apps: {
    shop: { application: './shop/index.ts', transports: ['http', 'wss'] },
  },
  transports: {
    http: { type: 'http', port: 0 },
    ws: { type: 'ws', listen: 'http' },
  },
})
