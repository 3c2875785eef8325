import { defineApplication, defineRouter } from 'neemata'

import { get } from './get.ts'

export default defineApplication({
  router: defineRouter({ get }),
})
