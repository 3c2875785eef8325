import { defineRouter, type Router } from 'neemata'

import { get } from './get.ts'
import { items } from './items.ts'

export const orders: Router = defineRouter({ get, items })
