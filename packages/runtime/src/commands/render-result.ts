import { inspect } from 'node:util'

import { plainJson } from '@neemata/gateway/formats'

/** What a command prints; `undefined` for nothing. */
export function renderResult(
  value: unknown,
  { json }: { readonly json: boolean },
): string | undefined {
  if (json) return value === undefined ? 'null' : String(plainJson.encode(value))
  if (value === undefined) return undefined
  if (typeof value === 'string') return value
  return inspect(value, { depth: Infinity, maxArrayLength: Infinity, maxStringLength: Infinity })
}
