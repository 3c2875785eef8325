import { defineApplication } from 'neemata'

import { duplicateTripFilter } from './duplicate-trip-filter.ts'
import { identity } from './identity/identity.ts'
import { router } from './router.ts'

export default defineApplication({ router, identity, filters: [duplicateTripFilter] })
