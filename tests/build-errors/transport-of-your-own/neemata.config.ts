import { defineRuntime } from 'neemata/config'

export default defineRuntime({
  apps: {
    shop: './shop/index.ts',
  },
  transports: {
    http: { type: 'http', port: 0 },
    mqtt: { type: 'custom', module: './mqtt.ts' },
  },
})
