import { defineRuntime } from 'neemata/config'

const http = { type: 'http', prot: 4000 } as const

export default defineRuntime({
  apps: {
    shop: './shop/index.ts',
  },
  transports: { http },
})
