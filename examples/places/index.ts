import { defineApplication } from 'neemata'

import { router } from './router.ts'
import { slowCallLog } from './slow-call-log.ts'
import { unknownCountryFilter } from './unknown-country-filter.ts'
import { unknownPlaceFilter } from './unknown-place-filter.ts'

export default defineApplication({
  router,
  middleware: [slowCallLog],
  filters: [unknownPlaceFilter, unknownCountryFilter],
})
