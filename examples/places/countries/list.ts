import { defineProcedure } from 'neemata'
import { z } from 'zod'

import { Country } from '../place.ts'
import { worldGazetteer } from '../world-gazetteer.ts'

export const list = defineProcedure({
  readonly: true,
  output: z.array(Country.extend({ places: z.number().int().nonnegative() })),
  dependencies: { gazetteer: worldGazetteer },
  handler: ({ gazetteer }) => [...gazetteer.countries],
})
