import { defineInjectable } from 'neemata'

import { createTripStore } from './store/trip-store.ts'

/** One store for all callers. */
export const trips = defineInjectable({ name: 'trips', create: () => createTripStore() })
