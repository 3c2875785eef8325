import { defineJob, inject } from 'neemata'
import { z } from 'zod'

import { Trip } from '../trip.ts'

/** Tells a traveller that the trip is near. Added by `create`, with a delay until the day before. */
export const remind = defineJob({
  input: z.object({ userId: z.string(), trip: Trip }),
  output: z.string(),
  dependencies: { logger: inject.logger('reminders') },
  attempts: 3,
  backoff: { type: 'exponential', delay: 1_000 },
  handler({ logger }, { userId, trip }) {
    const text = `${trip.from.name} – ${trip.to.name} departs on ${trip.departure}.`
    logger.info({ userId, trip: trip.id }, text)
    return text
  },
})
