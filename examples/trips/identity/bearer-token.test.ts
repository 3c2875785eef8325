import { expect, test } from 'vitest'

import { readBearerToken } from './bearer-token.ts'

test.each([
  ['Bearer abc', 'abc'],
  ['bearer  abc ', 'abc'],
  ['Basic abc', undefined],
  ['Bearer', undefined],
  ['Bearer a b', undefined],
  [undefined, undefined],
])('reads the token of %j', (header, token) => {
  expect(readBearerToken(header)).toBe(token)
})
