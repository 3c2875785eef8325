import { defineProcedure } from 'neemata'
import { z } from 'zod'

import { Place, PlaceId } from './place.ts'
import { worldGazetteer } from './world-gazetteer.ts'

export const get = defineProcedure({
  readonly: true,
  input: z.object({ id: PlaceId }),
  output: Place,
  dependencies: { gazetteer: worldGazetteer },
  handler: ({ gazetteer }, { id }) => gazetteer.get(id),
})
