import { array, assert, integer, nat, property } from 'fast-check'
import { expect, test } from 'vitest'

import { createShortlist } from './shortlist.ts'

test('keeps the lowest numbers, each once', () => {
  assert(
    property(array(nat(50)), integer({ min: 1, max: 8 }), (numbers, limit) => {
      const shortlist = createShortlist(limit)
      for (const number of numbers) if (shortlist.wants(number)) shortlist.add(number)
      const expected = [...new Set(numbers)].sort((a, b) => a - b).slice(0, limit)
      expect(shortlist.numbers).toEqual(expected)
    }),
  )
})
