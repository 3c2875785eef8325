import { defineJob } from 'neemata'
import { z } from 'zod'

export const reindex = defineJob({
  input: z.object({ full: z.boolean() }),
  handler: async (_, { full }) => ({ full }),
})
