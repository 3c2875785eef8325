import { definePlugin } from 'neemata'
import { z } from 'zod'

export const audit = definePlugin({
  name: 'audit',
  options: z.object({ table: z.string() }),
})
