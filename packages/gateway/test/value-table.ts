/** One value, and what becomes of it in each format. */
export interface ValueCase {
  readonly title: string
  readonly value: unknown
  /** What a caller of plain JSON gets; absent: the value itself. */
  readonly plain?: unknown
}

/**
 * The values that the contract promises to carry. Every format, transport and host is run against this
 * one table. With tagged JSON each value comes back equal to itself.
 */
export const valueTable: readonly ValueCase[] = [
  { title: 'null', value: null },
  { title: 'true', value: true },
  { title: 'false', value: false },
  { title: 'zero', value: 0 },
  { title: 'a fraction', value: -12.5e-7 },
  { title: 'the largest safe integer', value: Number.MAX_SAFE_INTEGER },
  { title: 'an empty string', value: '' },
  { title: 'text beyond ASCII', value: 'žluťoučký 🐎 \u2028 "quoted" \\ \n \u0000' },
  { title: 'an empty object', value: {} },
  { title: 'an empty array', value: [] },
  { title: 'nested data', value: { list: [1, { deep: [[], {}] }], none: null } },
  { title: 'odd keys', value: { '': 1, constructor: 2, toString: 3, 'a.b': 4, 7: 5 } },
  { title: 'a date', value: new Date(0), plain: '1970-01-01T00:00:00.000Z' },
  { title: 'a far date', value: new Date(8.64e15), plain: '+275760-09-13T00:00:00.000Z' },
  { title: 'an invalid date', value: new Date(Number.NaN), plain: null },
  { title: 'a bigint', value: -(2n ** 70n), plain: '-1180591620717411303424' },
  { title: 'bytes', value: Uint8Array.of(0, 250, 255, 1), plain: 'APr/AQ==' },
  { title: 'no bytes', value: new Uint8Array(), plain: '' },
  {
    title: 'a map',
    value: new Map<unknown, unknown>([
      ['a', 1],
      [{ key: 1n }, new Date(5)],
    ]),
    plain: [
      ['a', 1],
      [{ key: '1' }, '1970-01-01T00:00:00.005Z'],
    ],
  },
  { title: 'a set', value: new Set([1, 'two', [3]]), plain: [1, 'two', [3]] },
  { title: 'undefined in an array', value: [1, undefined, 2], plain: [1, null, 2] },
  { title: 'NaN', value: Number.NaN, plain: null },
  { title: 'infinities', value: [Infinity, -Infinity], plain: [null, null] },
  { title: 'minus zero', value: { at: -0 }, plain: { at: 0 } },
  { title: 'an object like a tag', value: { $date: 'today' } },
  {
    title: 'an object like an unknown tag',
    value: { $custom: new Date(1) },
    plain: { $custom: '1970-01-01T00:00:00.001Z' },
  },
  {
    title: 'an object like the escape',
    value: { $object: { $object: { $map: 1n } } },
    plain: { $object: { $object: { $map: '1' } } },
  },
  { title: 'two keys with dollars', value: { $a: 1, $b: [-0] }, plain: { $a: 1, $b: [0] } },
  {
    title: 'specials deep inside',
    value: { a: [{ b: new Map([[1, new Set([2n])]]) }] },
    plain: { a: [{ b: [[1, ['2']]] }] },
  },
]

/** Values that no format carries, and the place that the error must name. */
export const unsendableTable: readonly {
  readonly title: string
  readonly value: unknown
  readonly at: string
}[] = [
  { title: 'a function', value: () => 1, at: 'the top level' },
  { title: 'a function in an object', value: { items: [{ run: () => 1 }] }, at: 'items[0].run' },
  { title: 'a symbol', value: { 'odd key': Symbol('x') }, at: '["odd key"]' },
  { title: 'a cycle', value: createCycle(), at: 'list[0].self' },
  { title: 'a promise', value: [Promise.resolve(1)], at: '[0]' },
  { title: 'an error', value: { cause: new Error('x') }, at: 'cause' },
  { title: 'a regular expression', value: { match: /x/ }, at: 'match' },
  { title: 'a weak map', value: { weak: new WeakMap() }, at: 'weak' },
  { title: 'an array buffer', value: { raw: new ArrayBuffer(1) }, at: 'raw' },
  { title: 'another typed array', value: { raw: new Float64Array(1) }, at: 'raw' },
  {
    title: 'a key __proto__',
    value: { a: JSON.parse('{"__proto__":1}') as unknown },
    at: 'a.__proto__',
  },
  { title: 'a function in a map', value: new Map([['key', () => 1]]), at: 'key' },
  { title: 'a bigint beyond reading', value: { big: 10n ** 10_000n }, at: 'big' },
]

function createCycle(): unknown {
  const item: { self?: unknown } = {}
  item.self = item
  return { list: [item] }
}
