import { defineRouter } from 'neemata'

import { list } from './list.ts'

export const countries = defineRouter({ list })
