import { expect, test } from 'vitest'

import { closestMatch } from './closest-match.ts'

test.each([
  ['trasports', 'transports'],
  ['tarnsports', 'transports'],
  ['Transports', 'transports'],
  ['transport', 'transports'],
  ['limit', 'limits'],
  ['aps', 'apps'],
])('takes %s for %s', (word, meant) => {
  expect(closestMatch(word, ['limits', 'transports', 'apps'])).toBe(meant)
})

test('offers nothing that is far away', () => {
  expect(closestMatch('plugins', ['limits', 'transports', 'apps'])).toBeUndefined()
  expect(closestMatch('x', ['apps'])).toBeUndefined()
})
