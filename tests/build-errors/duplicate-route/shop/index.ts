import { defineApplication, defineRouter } from 'neemata'

import { get } from './get.ts'
import { legacy } from './legacy.ts'

export default defineApplication({
  router: defineRouter({ get, ...legacy }),
})
