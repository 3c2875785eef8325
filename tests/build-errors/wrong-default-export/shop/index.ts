import { defineRouter } from 'neemata'

import { get } from './get.ts'

export default defineRouter({ get })
