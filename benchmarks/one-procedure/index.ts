import { defineApplication, defineRouter } from 'neemata'

import { quote } from './quote.ts'

export default defineApplication({ router: defineRouter({ quote }) })
