import { afterAll, beforeAll, expect, test } from 'vitest'

import { startSystem, type System } from '../start-system.ts'
import type { Trip } from './trip.ts'

const zurich = 2657896
const london = 2643743
const trip = { from: zurich, to: london, departure: '2031-05-01', travellers: 2 }
let system: System

// One system for all tests: each makes trips on days of its own.
beforeAll(async () => {
  system = await startSystem()
})
afterAll(() => system.stop())

test('asks the places application about a trip', async () => {
  const { status, body } = await system.call('trips/create', trip, 'ada-token')
  expect(status).toBe(200)
  expect(body).toMatchObject({
    from: { id: zurich, name: 'Zürich', country: 'Switzerland' },
    to: { id: london, name: 'London', country: 'United Kingdom' },
    departure: '2031-05-01',
    travellers: 2,
  })
  expect((body as Trip).distance).toBeCloseTo(776, -1)
})

test('lets only users create a trip', async () => {
  const { status, body } = await system.call('trips/create', trip)
  expect(status).toBe(401)
  expect(body).toMatchObject({ code: 'unauthenticated' })
})

test('refuses a token that is wrong', async () => {
  const { status, body } = await system.call('trips/list', undefined, 'expired')
  expect(status).toBe(401)
  expect(body).toMatchObject({ code: 'unauthenticated' })
})

test('refuses the same trip twice', async () => {
  const dated = { ...trip, departure: '2031-06-01' }
  const first = await system.call('trips/create', dated, 'ada-token')
  const second = await system.call('trips/create', dated, 'ada-token')
  expect(second.status).toBe(409)
  expect(second.body).toMatchObject({ code: 'conflict', data: { id: (first.body as Trip).id } })
})

test('passes on what places says of an unknown id', async () => {
  const { status, body } = await system.call('trips/create', { ...trip, to: 1 }, 'ada-token')
  expect(status).toBe(404)
  expect(body).toMatchObject({ code: 'not_found', data: { id: 1 } })
})

test('refuses a trip that goes nowhere', async () => {
  const { status, body } = await system.call('trips/create', { ...trip, to: zurich }, 'ada-token')
  expect(status).toBe(400)
  expect(JSON.stringify(body)).toContain('two different places')
})

test('shows everybody their own trips only', async () => {
  const dated = { ...trip, departure: '2031-07-01' }
  const { body } = await system.call('trips/create', dated, 'grace-token')
  const { id } = body as Trip

  expect(await system.call('trips/list', undefined, 'grace-token')).toEqual({
    status: 200,
    body: [body],
  })
  expect(await system.call('trips/get', { id }, 'grace-token')).toEqual({ status: 200, body })
  expect((await system.call('trips/get', { id }, 'ada-token')).status).toBe(404)
  expect(await system.call('trips/list')).toEqual({ status: 200, body: [] })
})
