import { defineProcedure } from 'neemata'
import { z } from 'zod'

export const get = defineProcedure({
  input: z.object({ id: z.string() }),
  handler: (_, { id }) => ({ id }),
})
