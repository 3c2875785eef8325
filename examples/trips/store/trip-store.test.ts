import { expect, test } from 'vitest'

import { DuplicateTripError } from './duplicate-trip-error.ts'
import { createTripStore } from './trip-store.ts'

const zurich = { id: 2657896, name: 'Zürich', country: 'Switzerland' }
const london = { id: 2643743, name: 'London', country: 'United Kingdom' }
const trip = { from: zurich, to: london, distance: 776, departure: '2031-05-01', travellers: 2 }

test('gives an added trip an id', () => {
  const store = createTripStore()
  const added = store.add('ada', trip)
  expect(added).toEqual({ ...trip, id: expect.stringMatching(/^[0-9a-f-]{36}$/) })
  expect(store.get('ada', added.id)).toEqual(added)
})

test('lists the earliest departure first', () => {
  const store = createTripStore()
  const later = store.add('ada', { ...trip, departure: '2031-06-01' })
  const sooner = store.add('ada', trip)
  expect(store.list('ada')).toEqual([sooner, later])
})

test('shows nobody the trips of others', () => {
  const store = createTripStore()
  const { id } = store.add('ada', trip)
  expect(store.list('grace')).toEqual([])
  expect(store.get('grace', id)).toBeUndefined()
})

test('refuses the same trip twice', () => {
  const store = createTripStore()
  const { id } = store.add('ada', trip)
  expect(() => store.add('ada', { ...trip, travellers: 1 })).toThrow(DuplicateTripError)
  expect(() => store.add('ada', trip)).toThrow(expect.objectContaining({ tripId: id }))
})

test('accepts the way back and another day', () => {
  const store = createTripStore()
  store.add('ada', trip)
  store.add('ada', { ...trip, from: london, to: zurich })
  store.add('ada', { ...trip, departure: '2031-05-02' })
  store.add('grace', trip)
  expect(store.list('ada')).toHaveLength(3)
})
