import { encodeBase64 } from './base64.ts'
import type { DecodeOptions, Format } from './format.ts'
import { FormatError } from './format-error.ts'
import { isPlainTree } from './json-scan.ts'
import { type JsonMapping, toJsonTree } from './json-tree.ts'
import { parseJson } from './parse-json.ts'

/**
 * `application/json` for everybody. What JSON lacks is written one way and not read back: `Date` as an
 * ISO string, `bigint` as a decimal string, `Map` as an array of pairs, `Set` as an array, `Uint8Array`
 * as base64, `NaN`, infinities and invalid dates as `null`, `undefined` in an array as `null`.
 */
export const plainJson: Format = Object.freeze({
  contentType: 'application/json',

  encode(value: unknown): string {
    if (value === undefined) throw new FormatError('JSON has no notation for undefined alone.')
    return JSON.stringify(isPlainTree(value, false) ? value : toJsonTree(value, mapping))
  },

  decode(body: string | Uint8Array, options?: DecodeOptions): unknown {
    return parseJson(body, options).value
  },
})

const mapping: JsonMapping = {
  contentType: 'application/json',
  bigint: (digits) => digits,
  oddNumber: (value) => (value === 0 ? 0 : null),
  date: (value) => (Number.isNaN(value.getTime()) ? null : value.toISOString()),
  bytes: encodeBase64,
  map: (entries) => entries,
  set: (items) => items,
  missing: () => null,
  object: (value) => value,
}
