import { z } from 'zod'

export const Stop = z.object({
  id: z.number().int().positive().describe('The id of the place.'),
  name: z.string(),
  country: z.string().describe('The name of the country.'),
})

export const Trip = z.object({
  id: z.uuid(),
  from: Stop,
  to: Stop,
  distance: z.number().nonnegative().describe('Kilometres, great circle.'),
  departure: z.iso.date(),
  travellers: z.number().int().positive(),
})

export type Trip = z.infer<typeof Trip>
