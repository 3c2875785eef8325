import { defineRuntime, env } from 'neemata/config'

export default defineRuntime({
  apps: { shop: './index.ts' },
  transports: { http: { type: 'http', host: '127.0.0.1', port: env.port('PORT') } },
})
