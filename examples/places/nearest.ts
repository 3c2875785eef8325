import { defineProcedure } from 'neemata'
import { z } from 'zod'

import { Limit, Place } from './place.ts'
import { worldGazetteer } from './world-gazetteer.ts'

export const nearest = defineProcedure({
  readonly: true,
  input: z.object({
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
    limit: Limit,
  }),
  output: z.array(Place.extend({ distance: z.number().describe('Kilometres, great circle.') })),
  dependencies: { gazetteer: worldGazetteer },
  handler: ({ gazetteer }, { limit, ...to }) => gazetteer.nearest(to, limit),
})
