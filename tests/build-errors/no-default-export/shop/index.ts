import { defineApplication, defineRouter } from 'neemata'

import { get } from './get.ts'

export const application = defineApplication({
  router: defineRouter({ get }),
})
