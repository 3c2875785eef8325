import { expect, test } from 'vitest'

import { readRow, writeValue } from './engine-values.ts'

test('parameters are written as Postgres reads them', () => {
  expect(writeValue(undefined)).toBeNull()
  expect(writeValue(7)).toBe('7')
  expect(writeValue(true)).toBe('true')
  expect(writeValue({ a: 1 })).toBe('{"a":1}')
  expect(writeValue(['a', 'b"c\\', null, 'NULL', ''])).toBe('{"a","b\\"c\\\\",NULL,"NULL",""}')
})

test('rows are read as the pg driver would', () => {
  const fields = [16, 20, 23, 3802, 1009, 25].map((type, index) => ({ name: `c${index}`, type }))
  const values = ['t', '12', '12', '{"a":[1]}', '{a,"b, \\"c\\"",NULL,"NULL",""}', null]

  expect(readRow(fields, values)).toEqual({
    c0: true,
    c1: '12',
    c2: 12,
    c3: { a: [1] },
    c4: ['a', 'b, "c"', null, 'NULL', ''],
    c5: null,
  })
})
