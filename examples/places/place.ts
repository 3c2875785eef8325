import { z } from 'zod'

export const PlaceId = z.number().int().positive().describe('The GeoNames id of the place.')

export const Country = z.object({
  code: z.string().describe('ISO 3166-1 alpha-2.'),
  name: z.string(),
})

export type Country = z.infer<typeof Country>

export const Place = z.object({
  id: PlaceId,
  name: z.string(),
  country: Country,
  region: z
    .string()
    .nullable()
    .describe('The code that GeoNames gives the first-order division: `NY`, `ENG`, `07`.'),
  population: z.number().int().nonnegative().describe('0 where GeoNames does not know.'),
  latitude: z.number(),
  longitude: z.number(),
})

export type Place = z.infer<typeof Place>

/** How many places an answer holds at most. */
export const Limit = z.number().int().min(1).max(100).default(10)
