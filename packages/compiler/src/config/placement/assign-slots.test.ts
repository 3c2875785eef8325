import fc from 'fast-check'
import { expect, test } from 'vitest'

import { assignSlots, type Placement } from './assign-slots.ts'

function assign(apps: Readonly<Record<string, Placement>>, threads: number) {
  return Object.fromEntries(assignSlots(new Map(Object.entries(apps)), threads))
}

test('runs apps everywhere by default', () => {
  expect(assign({ a: 'all', b: 'all' }, 2)).toEqual({ a: [0, 1], b: [0, 1] })
})

test('runs everything inline without threads', () => {
  expect(assign({ a: 'all', b: 'inline' }, 0)).toEqual({ a: 'inline', b: 'inline' })
})

test('keeps inline apps out of the slots', () => {
  expect(assign({ a: 'inline', b: { count: 1 } }, 2)).toEqual({ a: 'inline', b: [0] })
})

test('takes the slots with the fewest apps', () => {
  const apps: Record<string, Placement> = {
    pinned: { slots: [2, 0, 2] },
    everywhere: 'all',
    first: { count: 2 },
    second: { count: 2 },
  }
  expect(assign(apps, 4)).toEqual({
    pinned: [0, 2],
    everywhere: [0, 1, 2, 3],
    first: [1, 3],
    second: [0, 1],
  })
})

test('prefers the lower number among equals', () => {
  const apps: Record<string, Placement> = { a: { count: 1 }, b: { count: 1 }, c: { count: 1 } }
  expect(assign(apps, 2)).toEqual({ a: [0], b: [1], c: [0] })
})

test('assigns alike whatever the order', () => {
  const placement = fc.oneof(
    fc.constantFrom<Placement>('all', 'inline'),
    fc.record({ count: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ slots: fc.uniqueArray(fc.nat(3), { minLength: 1 }) }),
  )
  const apps = fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), placement)
  fc.assert(
    fc.property(apps, (one) => {
      const entries = Object.entries(one)
      const straight = assignSlots(new Map(entries), 4)
      const reversed = assignSlots(new Map(entries.reverse()), 4)
      expect(new Map([...reversed].sort())).toEqual(new Map([...straight].sort()))
    }),
  )
})
