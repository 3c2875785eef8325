import { expect, test } from 'vitest'

import { distanceBetween } from './position-index.ts'

test('measures a quarter of the globe', () => {
  const equator = { latitude: 0, longitude: 0 }
  const pole = { latitude: 90, longitude: 0 }
  expect(distanceBetween(equator, pole)).toBeCloseTo((Math.PI / 2) * 6371, 2)
})

test('measures the short way around', () => {
  const west = { latitude: 0, longitude: 179.5 }
  const east = { latitude: 0, longitude: -179.5 }
  expect(distanceBetween(west, east)).toBeCloseTo((Math.PI / 180) * 6371, 2)
})

test('measures nothing between equal points', () => {
  const here = { latitude: 47.36667, longitude: 8.55 }
  expect(distanceBetween(here, here)).toBe(0)
})
