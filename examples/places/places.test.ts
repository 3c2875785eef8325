import { afterAll, beforeAll, expect, test } from 'vitest'

import { startSystem, type System } from '../start-system.ts'

const zurich = 2657896
const london = 2643743
let system: System

beforeAll(async () => {
  system = await startSystem()
})
afterAll(() => system.stop())

test('searches by name and country', async () => {
  const { status, body } = await system.call('places/search', { text: 'zuri', country: 'CH' })
  expect(status).toBe(200)
  expect(body).toHaveLength(10)
  expect(body).toContainEqual(expect.objectContaining({ id: zurich, name: 'Zürich' }))
})

test('names the field that is wrong', async () => {
  const { status, body } = await system.call('places/search', { text: '', limit: 1000 })
  expect(status).toBe(400)
  expect(body).toMatchObject({ code: 'validation_failed' })
  expect(JSON.stringify(body)).toContain('limit')
  expect(JSON.stringify(body)).toContain('text')
})

test('refuses a country that does not exist', async () => {
  const { status, body } = await system.call('places/search', { text: 'york', country: 'UK' })
  expect(status).toBe(400)
  expect(body).toMatchObject({ code: 'bad_request', data: { country: 'UK' } })
})

test('gets a place, or says not found', async () => {
  const found = await system.call('places/get', { id: zurich })
  expect(found.body).toMatchObject({ name: 'Zürich', country: { code: 'CH', name: 'Switzerland' } })

  const missing = await system.call('places/get', { id: 1 })
  expect(missing.status).toBe(404)
  expect(missing.body).toMatchObject({ code: 'not_found', data: { id: 1 } })
})

test('finds what is nearest', async () => {
  const { body } = await system.call('places/nearest', {
    latitude: 47.36667,
    longitude: 8.55,
    limit: 1,
  })
  expect(body).toEqual([expect.objectContaining({ id: zurich, distance: 0 })])
})

test('measures between two places', async () => {
  const { body } = await system.call('places/distance', { from: zurich, to: london })
  expect(body).toMatchObject({ from: { name: 'Zürich' }, to: { name: 'London' } })
  expect((body as { distance: number }).distance).toBeCloseTo(776, -1)
})

test('lists countries by a nested route', async () => {
  const { status, body } = await system.call('places/countries/list')
  expect(status).toBe(200)
  expect(body).toHaveLength(250)
})
