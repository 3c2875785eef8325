import { defineRouter } from 'neemata'

import { create } from './create.ts'
import { get } from './get.ts'
import { list } from './list.ts'
import { watch } from './watch.ts'

export const router = defineRouter({ create, get, list, watch })
