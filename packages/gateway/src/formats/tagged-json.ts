import { encodeBase64 } from './base64.ts'
import type { DecodeOptions, Format } from './format.ts'
import { isPlainTree } from './json-scan.ts'
import { type JsonMapping, toJsonTree } from './json-tree.ts'
import { parseJson } from './parse-json.ts'
import { reviveTags } from './revive-tags.ts'

/**
 * `application/neemata+json`: JSON in which an object with a single key that begins with `$` stands for
 * a value that JSON lacks. `Date`, `bigint`, `Uint8Array`, `Map`, `Set`, `undefined`, `NaN`, infinities
 * and `-0` survive a round trip. An object of the sender that looks like a tag is wrapped in `$object`.
 */
export const taggedJson: Format = Object.freeze({
  contentType: 'application/neemata+json',

  encode(value: unknown): string {
    return JSON.stringify(isPlainTree(value, true) ? value : toJsonTree(value, mapping))
  },

  decode(body: string | Uint8Array, options?: DecodeOptions): unknown {
    const { text, value } = parseJson(body, options)
    // Only a key can begin a tag, and an escape may hide its `$`.
    return text.includes('"$') || text.includes('"\\u') ? reviveTags(value) : value
  },
})

const mapping: JsonMapping = {
  contentType: 'application/neemata+json',
  bigint: (digits) => ({ $bigint: digits }),
  oddNumber: (value) => ({ $number: Object.is(value, -0) ? '-0' : String(value) }),
  date: (value) => ({ $date: Number.isNaN(value.getTime()) ? null : value.toISOString() }),
  bytes: (value) => ({ $bytes: encodeBase64(value) }),
  map: (entries) => ({ $map: entries }),
  set: (items) => ({ $set: items }),
  missing: () => ({ $undefined: true }),
  object: (value) => (looksLikeTag(value) ? { $object: value } : value),
}

function looksLikeTag(value: Readonly<Record<string, unknown>>): boolean {
  const keys = Object.keys(value)
  return keys.length === 1 && keys[0]?.startsWith('$') === true
}
