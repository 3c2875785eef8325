import { defineApplication } from 'neemata'

import { orders } from './orders.ts'

export default defineApplication({ router: orders })
