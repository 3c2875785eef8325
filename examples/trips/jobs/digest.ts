import { defineJob, inject } from 'neemata'
import { z } from 'zod'

import { tripCounter } from './trip-counter.ts'

/** Sums up what was booked since the last time. Runs by a schedule. */
export const digest = defineJob({
  output: z.object({ trips: z.number(), travellers: z.number() }),
  dependencies: { counter: tripCounter, logger: inject.logger('digest') },
  handler({ counter, logger }) {
    const count = counter.take()
    logger.info(count, 'Trips since the last digest')
    return count
  },
})
