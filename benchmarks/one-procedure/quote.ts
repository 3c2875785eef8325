import { defineProcedure } from 'neemata'
import { z } from 'zod'

export const quote = defineProcedure({
  input: z.object({
    customer: z.string().min(1),
    lines: z.array(
      z.object({ sku: z.string(), quantity: z.number().int().positive(), price: z.number() }),
    ),
  }),
  output: z.object({ customer: z.string(), items: z.number().int(), total: z.number() }),
  handler(_, { customer, lines }) {
    let items = 0
    let total = 0
    for (const { quantity, price } of lines) {
      items += quantity
      total += quantity * price
    }
    return { customer, items, total }
  },
})
