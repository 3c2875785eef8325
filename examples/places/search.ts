import { defineProcedure } from 'neemata'
import { z } from 'zod'

import { Limit, Place } from './place.ts'
import { worldGazetteer } from './world-gazetteer.ts'

export const search = defineProcedure({
  readonly: true,
  input: z.object({
    text: z.string().trim().min(1).max(100),
    country: z
      .string()
      .regex(/^[a-z]{2}$/i, 'Expected an ISO 3166-1 alpha-2 code, such as "CH"')
      .optional(),
    limit: Limit,
  }),
  output: z.array(Place),
  dependencies: { gazetteer: worldGazetteer },
  handler: ({ gazetteer }, query) => gazetteer.search(query),
})
