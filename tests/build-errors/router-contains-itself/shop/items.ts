import { defineRouter, type Router } from 'neemata'

import { get } from './get.ts'
import { orders } from './orders.ts'

export const items: Router = defineRouter({ get, orders })
