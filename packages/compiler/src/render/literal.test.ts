import { runInNewContext } from 'node:vm'

import fc from 'fast-check'
import { expect, test } from 'vitest'

import { Expression, renderAccess, renderLiteral, renderString } from './literal.ts'

test('renders any JSON value as itself', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      const read: unknown = runInNewContext(`JSON.stringify(${renderLiteral(value)})`)
      expect(read).toBe(JSON.stringify(value))
    }),
  )
})

test('renders any string as itself', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => {
      expect(runInNewContext(renderString(value))).toBe(value)
    }),
  )
  for (const value of ["it's", '"', `'"\\`, '`${x}`', '\u2028\n\r\u0000', '\ud800']) {
    expect(runInNewContext(renderString(value))).toBe(value)
  }
})

test('keeps a __proto__ key a property', () => {
  const value = JSON.parse('{"__proto__":{"polluted":true}}') as unknown
  expect(runInNewContext(`Object.keys(${renderLiteral(value)}).join()`)).toBe('__proto__')
})

test('renders what JSON has no words for', () => {
  expect(renderLiteral({ a: undefined, b: -0, c: Infinity, d: 3n })).toBe(
    '{\n  a: undefined,\n  b: -0,\n  c: Infinity,\n  d: 3n,\n}',
  )
})

test('refuses what no literal can express', () => {
  expect(() => renderLiteral(new Date())).toThrow('No literal can express a Date')
  expect(() => renderLiteral({ run: () => 1 })).toThrow('No literal can express a function')
})

test('embeds expressions as they are', () => {
  expect(renderLiteral({ now: new Expression('Date.now()') })).toBe('{\n  now: Date.now(),\n}')
})

test('reaches names of any shape', () => {
  expect(renderAccess(['default', 'a-b', '0', '__x'])).toBe(".default['a-b'][0]!.__x")
})
