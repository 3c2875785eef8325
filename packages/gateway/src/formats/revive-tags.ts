import { decodeBase64 } from './base64.ts'
import { describePath, FormatError } from './format-error.ts'

/**
 * Turns the tags of a parsed tree into the values that they stand for. The tree is ours alone, so it is
 * changed in place; its depth was bounded when it was parsed.
 * @throws {FormatError} for an unknown tag or one with the wrong content.
 */
export function reviveTags(tree: unknown): unknown {
  return revive(tree, [])
}

type Path = (string | number)[]
type Reviver = (content: unknown, path: Path) => unknown

function revive(value: unknown, path: Path): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return reviveItems(value, path)
  const object = value as Record<string, unknown>
  const keys = Object.keys(object)
  const only = keys.length === 1 ? keys[0]! : ''
  if (!only.startsWith('$')) return reviveProperties(object, path)
  const reviver = revivers.get(only)
  if (reviver === undefined) return refuse(`Unknown tag ${only}`, path)
  return reviver(object[only], path)
}

const revivers: ReadonlyMap<string, Reviver> = new Map<string, Reviver>([
  ['$date', reviveDate],
  ['$bigint', reviveBigint],
  ['$number', reviveNumber],
  ['$bytes', reviveBytes],
  ['$map', reviveMap],
  ['$set', reviveSet],
  ['$undefined', reviveUndefined],
  ['$object', reviveObject],
])

function reviveItems(items: unknown[], path: Path): unknown[] {
  for (let i = 0; i < items.length; i++) {
    const item = items[i]
    if (typeof item === 'object') items[i] = reviveAt(i, item, path)
  }
  return items
}

function reviveProperties(object: Record<string, unknown>, path: Path): unknown {
  for (const key of Object.keys(object)) {
    const value = object[key]
    if (typeof value === 'object') object[key] = reviveAt(key, value, path)
  }
  return object
}

function reviveAt(step: string | number, value: unknown, path: Path): unknown {
  path.push(step)
  const result = revive(value, path)
  path.pop()
  return result
}

function reviveDate(content: unknown, path: Path): Date {
  if (content === null) return new Date(Number.NaN)
  const date = new Date(typeof content === 'string' && isoDate.test(content) ? content : Number.NaN)
  return Number.isNaN(date.getTime()) ? refuse('$date needs an ISO date', path) : date
}

function reviveBigint(content: unknown, path: Path): bigint {
  return typeof content === 'string' && decimal.test(content)
    ? BigInt(content)
    : refuse('$bigint needs a decimal string', path)
}

function reviveNumber(content: unknown, path: Path): number {
  return typeof content === 'string' && oddNumbers.has(content)
    ? Number(content)
    : refuse('$number needs NaN, Infinity, -Infinity or -0', path)
}

function reviveBytes(content: unknown, path: Path): Uint8Array {
  const bytes = typeof content === 'string' ? decodeBase64(content) : undefined
  return bytes ?? refuse('$bytes needs base64', path)
}

function reviveMap(content: unknown, path: Path): Map<unknown, unknown> {
  if (!Array.isArray(content)) return refuse('$map needs an array of pairs', path)
  const map = new Map<unknown, unknown>()
  for (const [index, entry] of content.entries()) {
    if (!Array.isArray(entry) || entry.length !== 2) return refuse('$map needs pairs', path)
    map.set(reviveAt(index, entry[0], path), reviveAt(index, entry[1], path))
  }
  return map
}

function reviveSet(content: unknown, path: Path): Set<unknown> {
  return Array.isArray(content)
    ? new Set(reviveItems(content, path))
    : refuse('$set needs an array', path)
}

function reviveUndefined(content: unknown, path: Path): undefined {
  return content === true ? undefined : refuse('$undefined needs true', path)
}

function reviveObject(content: unknown, path: Path): unknown {
  return typeof content === 'object' && content !== null && !Array.isArray(content)
    ? reviveProperties(content as Record<string, unknown>, path)
    : refuse('$object needs an object', path)
}

function refuse(what: string, path: Path): never {
  throw new FormatError(`${what}: at ${describePath(path)}.`, [...path])
}

const isoDate =
  /^(?:\d{4}|[+-]\d{6})-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/
// Reading digits takes more than linear time; this bounds it.
const decimal = /^-?\d{1,10000}$/
const oddNumbers: ReadonlySet<string> = new Set(['NaN', 'Infinity', '-Infinity', '-0'])
