import { defineCommand } from 'neemata'
import { z } from 'zod'

import { worldGazetteer } from '../world-gazetteer.ts'

export const stats = defineCommand({
  description: 'Counts the places of the world, or of a country, and names the largest.',
  options: z.object({
    country: z
      .string()
      .length(2)
      .transform((code) => code.toUpperCase())
      .optional()
      .describe('ISO 3166-1 alpha-2, `CH`.'),
  }),
  dependencies: { gazetteer: worldGazetteer },
  handler({ gazetteer }, { options: { country } }) {
    const largest = gazetteer.largest(country)
    const entry = gazetteer.countries.find(({ code }) => code === country)
    return {
      of: entry?.name ?? 'the world',
      places: entry?.places ?? gazetteer.size,
      ...(entry === undefined && { countries: gazetteer.countries.length }),
      largest: largest && `${largest.name} (${largest.population})`,
    }
  },
})
