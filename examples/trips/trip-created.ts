import { defineEvent } from 'neemata'
import { z } from 'zod'

import { Trip } from './trip.ts'

/** Somebody has made a trip. */
export const tripCreated = defineEvent({
  name: 'trips/created',
  payload: z.object({ userId: z.string(), trip: Trip }),
})
