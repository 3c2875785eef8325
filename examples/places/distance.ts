import { defineProcedure } from 'neemata'
import { z } from 'zod'

import { distanceBetween } from './gazetteer/position-index.ts'
import { Place, PlaceId } from './place.ts'
import { worldGazetteer } from './world-gazetteer.ts'

export const distance = defineProcedure({
  readonly: true,
  input: z.object({ from: PlaceId, to: PlaceId }),
  output: z.object({
    from: Place,
    to: Place,
    distance: z.number().describe('Kilometres, great circle.'),
  }),
  dependencies: { gazetteer: worldGazetteer },
  handler({ gazetteer }, ids) {
    const from = gazetteer.get(ids.from)
    const to = gazetteer.get(ids.to)
    return { from, to, distance: distanceBetween(from, to) }
  },
})
