import { deepestNesting } from './format.ts'

/**
 * Tells whether `JSON.stringify` alone writes the value faithfully. Runs before every answer, so it
 * allocates nothing and looks at each value once; what it can't vouch for goes the long way.
 *
 * @param tagged whether values that plain JSON writes differently (`Date`, `NaN`, `-0`, `undefined`
 * in arrays, keys that look like tags) count as unfaithful too.
 */
export function isPlainTree(value: unknown, tagged: boolean): boolean {
  return isPlain(value, tagged, 0)
}

function isPlain(value: unknown, tagged: boolean, depth: number): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true
    case 'number':
      return !tagged || isJsonNumber(value)
    case 'object':
      if (value === null) return true
      if (depth >= deepestNesting) return false
      return Array.isArray(value)
        ? isPlainArray(value, tagged, depth + 1)
        : isPlainObject(value, tagged, depth + 1)
    default:
      return false
  }
}

function isPlainArray(items: readonly unknown[], tagged: boolean, depth: number): boolean {
  for (let i = 0; i < items.length; i++) {
    const item = items[i]
    if (typeof item === 'string') continue
    if (item === undefined && !tagged) continue
    if (!isPlain(item, tagged, depth)) return false
  }
  return true
}

function isPlainObject(object: object, tagged: boolean, depth: number): boolean {
  const prototype: unknown = Object.getPrototypeOf(object)
  if (prototype !== Object.prototype && prototype !== null) return false
  let keys = 0
  let first = ''
  for (const key in object) {
    if (keys++ === 0) first = key
    const value = (object as Record<string, unknown>)[key]
    if (typeof value === 'string' || value === undefined) {
      if (key === '__proto__') return false
      continue
    }
    if (key === '__proto__' || !isPlain(value, tagged, depth)) return false
  }
  return !(tagged && keys === 1 && first.charCodeAt(0) === 36)
}

function isJsonNumber(value: number): boolean {
  return value === 0 ? 1 / value > 0 : value - value === 0
}
