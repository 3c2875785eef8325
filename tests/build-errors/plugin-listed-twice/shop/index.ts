import { configurePlugin, defineApplication, defineRouter } from 'neemata'

import { audit } from './audit.ts'
import { get } from './get.ts'

export default defineApplication({
  router: defineRouter({ get }),
  plugins: [audit, configurePlugin(audit, { table: 'calls' })],
})
