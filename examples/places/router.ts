import { defineRouter } from 'neemata'

import { countries } from './countries/router.ts'
import { distance } from './distance.ts'
import { get } from './get.ts'
import { nearest } from './nearest.ts'
import { search } from './search.ts'

export const router = defineRouter({ search, get, nearest, distance, countries })
