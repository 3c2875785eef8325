import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { findJsonSyntaxError } from './json-syntax.ts'

test.each([
  ['', 'line 1, column 1: unexpected end'],
  ['{"a":}', 'line 1, column 6: unexpected "}"'],
  ['{"a":1,}', 'line 1, column 8: unexpected "}"'],
  ['{\n  "a": tru\n}', 'line 2, column 11: unexpected character U+000A'],
  ['[1 2]', 'line 1, column 4: unexpected "2"'],
  ['[1,]', 'line 1, column 4: unexpected "]"'],
  ['{a:1}', 'line 1, column 2: unexpected "a"'],
  ["{'a':1}", 'line 1, column 2: unexpected "\'"'],
  ['[01]', 'line 1, column 3: unexpected "1"'],
  ['[-]', 'line 1, column 3: unexpected "]"'],
  ['[1.]', 'line 1, column 4: unexpected "]"'],
  ['[1e+]', 'line 1, column 5: unexpected "]"'],
  ['"abc', 'line 1, column 5: unexpected end'],
  ['"a\\x"', 'line 1, column 4: unexpected "x"'],
  ['"a\\u12g4"', 'line 1, column 7: unexpected "g"'],
  ['"a\tb"', 'line 1, column 3: unexpected character U+0009'],
  ['[1}', 'line 1, column 3: unexpected "}"'],
  ['{"a" 1}', 'line 1, column 6: unexpected "1"'],
  ['{} {}', 'line 1, column 4: unexpected "{"'],
  ['🐎', 'line 1, column 1: unexpected "🐎"'],
])('points at the mistake in %j', (text, expected) => {
  const { line, column, what } = findJsonSyntaxError(text)
  expect(`line ${line}, column ${column}: ${what}`).toBe(expected)
})

test('finds no mistake in JSON', () => {
  fc.assert(fc.property(fc.json(), (text) => findJsonSyntaxError(text).offset === text.length))
})

test('points at the very character that breaks JSON', () => {
  const broken = fc
    .tuple(fc.json(), fc.nat())
    .map(([text, at]) => ({ text, at: at % (text.length + 1) }))
  fc.assert(
    fc.property(broken, ({ text, at }) => {
      const { offset } = findJsonSyntaxError(`${text.slice(0, at)}\u0001${text.slice(at)}`)
      expect(offset).toBe(at)
    }),
    { numRuns: 1_000 },
  )
})
