import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { FormatError, formats, plainJson, taggedJson } from '@neemata/gateway/formats'

import { unsendableTable, valueTable } from '../../test/value-table.ts'

const runs = { numRuns: 500 }

describe('tagged JSON', () => {
  test.each(valueTable)('carries $title there and back', ({ value }) => {
    expect(taggedJson.decode(taggedJson.encode(value))).toStrictEqual(value)
  })

  test('carries undefined alone', () => {
    expect(taggedJson.decode(taggedJson.encode(undefined))).toBe(undefined)
  })

  test('carries arbitrary nested values', () => {
    fc.assert(
      fc.property(arbitraryValue(), (value) => {
        expect(taggedJson.decode(taggedJson.encode(value))).toStrictEqual(value)
      }),
      runs,
    )
  })

  test('writes plain data as plain JSON', () => {
    const value = { a: [1, 'x', null, { b: true }], c: {} }
    expect(taggedJson.encode(value)).toBe(JSON.stringify(value))
  })

  test.each([
    ['an unknown tag', '{"a":{"$nope":1}}', 'Unknown tag $nope: at a.'],
    ['a date that is none', '[{"$date":"yesterday"}]', '$date needs an ISO date: at [0].'],
    ['a date that is a number', '{"$date":1}', '$date'],
    ['a bigint that is none', '{"$bigint":"1.5"}', '$bigint'],
    ['a bigint that is too long', `{"$bigint":"${'9'.repeat(10_001)}"}`, '$bigint'],
    ['a number that JSON has', '{"$number":"7"}', '$number'],
    ['bytes that are no base64', '{"$bytes":"a"}', '$bytes'],
    ['bytes with stray bits', '{"$bytes":"AB=="}', '$bytes'],
    ['a map without pairs', '{"$map":[[1]]}', '$map'],
    ['a map of an object', '{"$map":{}}', '$map'],
    ['a set of an object', '{"$set":{}}', '$set'],
    ['an undefined with content', '{"$undefined":{}}', '$undefined'],
    ['an escape without an object', '{"$object":[1]}', '$object'],
    ['a tag behind an escape', '{"\\u0024nope":1}', 'Unknown tag $nope'],
  ])('refuses %s', (_, text, message) => {
    expect(() => taggedJson.decode(text)).toThrow(message)
    expect(() => taggedJson.decode(text)).toThrow(FormatError)
  })
})

describe('plain JSON', () => {
  test.each(valueTable)('writes $title as documented', (each) => {
    const expected = 'plain' in each ? each.plain : each.value
    expect(plainJson.decode(plainJson.encode(each.value))).toStrictEqual(expected)
  })

  test('writes plain data as JSON.stringify does', () => {
    fc.assert(
      fc.property(fc.jsonValue().filter(hasNoPrototypeKey), (value) => {
        expect(plainJson.encode(value)).toBe(JSON.stringify(value))
      }),
      runs,
    )
  })

  test('leaves tags alone when it reads', () => {
    expect(plainJson.decode('{"$date":"x"}')).toStrictEqual({ $date: 'x' })
  })

  test('drops undefined properties', () => {
    expect(plainJson.encode({ a: undefined, b: 1n })).toBe('{"b":"1"}')
  })

  test('refuses undefined alone', () => {
    expect(() => plainJson.encode(undefined)).toThrow(FormatError)
  })
})

describe.each(formats)('$contentType', (format) => {
  test.each(unsendableTable)('names where $title lies', ({ value, at }) => {
    expect(() => format.encode(value)).toThrow(FormatError)
    expect(() => format.encode(value)).toThrow(`at ${at}.`)
  })

  test('writes class instances by their properties', () => {
    class Point {
      x = 1
      get y(): number {
        return 2
      }
    }
    expect(format.encode({ point: new Point() })).toBe('{"point":{"x":1}}')
    expect(format.encode({ boxed: Object('text') as unknown })).toBe('{"boxed":"text"}')
  })

  test('honours toJSON', () => {
    expect(format.encode([new URL('http://a.test/')])).toBe('["http://a.test/"]')
    expect(format.encode({ nested: { toJSON: () => [1, 2] } })).toBe('{"nested":[1,2]}')
  })

  test('carries one value in two places', () => {
    const shared = { at: new Date(0) }
    expect(() => format.encode({ one: shared, two: [shared] })).not.toThrow()
  })

  test('refuses to write what is too deep', () => {
    let deep: unknown = 1
    for (let level = 0; level < 5_000; level++) deep = [deep]
    expect(() => format.encode(deep)).toThrow(FormatError)
  })

  test('throws nothing but FormatError on arbitrary bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => decodesOrRefuses(bytes)),
      runs,
    )
    fc.assert(
      fc.property(fc.string(), (text) => decodesOrRefuses(text)),
      runs,
    )
  })

  test('throws nothing but FormatError on mangled JSON', () => {
    const mangled = fc
      .tuple(
        fc.jsonValue(),
        fc.nat(),
        fc.constantFrom('"', '\\', '{', ']', '$', ',', '0', '\u0000'),
      )
      .map(([value, at, patch]) => {
        const text = JSON.stringify(value)
        return text.slice(0, at % text.length) + patch + text.slice((at % text.length) + 1)
      })
    fc.assert(
      fc.property(mangled, (text) => decodesOrRefuses(text)),
      runs,
    )
  })

  test('throws nothing but FormatError on arbitrary tags', () => {
    const tags = ['$date', '$bigint', '$number', '$bytes', '$map', '$set', '$undefined', '$object']
    const tagged = fc.letrec<{ node: unknown }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        fc.jsonValue({ maxDepth: 1 }),
        fc.array(tie('node'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...tags), tie('node'), { minKeys: 1, maxKeys: 2 }),
      ),
    })).node
    fc.assert(
      fc.property(tagged, (value) => decodesOrRefuses(JSON.stringify(value))),
      runs,
    )
  })

  test('bounds the depth of what it reads', () => {
    const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels)
    expect(() => format.decode(nested(8), { maxDepth: 8 })).not.toThrow()
    expect(() => format.decode(nested(9), { maxDepth: 8 })).toThrow(FormatError)
    expect(() => format.decode(`{"a":${nested(8)}}`, { maxDepth: 8 })).toThrow('limit')
    expect(() => format.decode(`["]]]]]]]]", ${nested(8)}]`, { maxDepth: 8 })).toThrow('limit')
    expect(() => format.decode(`["[[[[[[[[[[[[[[[[[["]`, { maxDepth: 8 })).not.toThrow()
    expect(() => format.decode(nested(200_000))).toThrow(FormatError)
    expect(() => format.decode('['.repeat(200_000))).toThrow(FormatError)
  })

  test('refuses __proto__ however it is spelled', () => {
    for (const key of ['__proto__', '\\u005f_proto__', '__prot\\u006f__']) {
      expect(() => format.decode(`{"a":[{"${key}":{"admin":true}}]}`)).toThrow('a[0].__proto__')
    }
    expect(format.decode('{"a":"__proto__"}')).toStrictEqual({ a: '__proto__' })
    expect(format.decode('["\\u005f"]')).toStrictEqual(['_'])
  })

  test('refuses text that is not UTF-8', () => {
    expect(() => format.decode(Uint8Array.of(0x22, 0xff, 0x22))).toThrow('not valid UTF-8')
  })

  test('skips a byte order mark', () => {
    expect(format.decode(Uint8Array.of(0xef, 0xbb, 0xbf, 0x31))).toBe(1)
  })

  function decodesOrRefuses(body: string | Uint8Array): void {
    try {
      format.decode(body)
    } catch (error) {
      expect(error).toBeInstanceOf(FormatError)
    }
  }
})

function hasNoPrototypeKey(value: unknown): boolean {
  return !JSON.stringify(value).includes('"__proto__":')
}

/** Nested values of every kind that the contract promises. */
function arbitraryValue(): fc.Arbitrary<unknown> {
  const key = fc
    .oneof(fc.string(), fc.constantFrom('$date', '$object', '$x'))
    .filter((each) => each !== '__proto__')
  return fc.letrec<{ node: unknown }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.double(),
        fc.boolean(),
        fc.bigInt(),
        fc.date({ noInvalidDate: false }),
        fc.uint8Array(),
        fc.constantFrom(null, -0, Number.NaN),
      ),
      fc.array(fc.oneof(tie('node'), fc.constant(undefined)), { maxLength: 4 }),
      fc.dictionary(key, tie('node'), { maxKeys: 3, noNullPrototype: true }),
      fc
        .array(fc.tuple(tie('node'), tie('node')), { maxLength: 3 })
        .map((entries) => new Map(entries)),
      fc.array(tie('node'), { maxLength: 3 }).map((items) => new Set(items)),
    ),
  })).node
}
