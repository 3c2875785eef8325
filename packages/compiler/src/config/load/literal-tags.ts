import type { LiteralPart, LiteralRecord } from './literal-record.ts'
import type { Span } from './source-text.ts'

/** What one evaluation of a literal made. */
export interface Tag {
  readonly literal: LiteralRecord
  /** Values of the spreads and computed keys, by the number of their part. */
  readonly notes: ReadonlyMap<number, unknown>
}

/** Where a key of a live value stands in the source. */
export interface Owner {
  readonly literal: LiteralRecord
  readonly value: Span
  /** Absent for items of arrays. */
  readonly key?: Span
}

/**
 * Remembers which literal each object of a running config came from. The instrumented source calls
 * `note` with each spread and computed key, and then `tag` with the finished object.
 */
export interface LiteralTags {
  /** Registers a literal and returns its number, by which the source refers to it. */
  add(literal: LiteralRecord): number
  tag<T extends object>(value: T, literal: number): T
  note<T>(value: T): T
  get(value: object): Tag | undefined
  /** The literal that gave `value` this key, through spreads too. */
  owner(value: object, key: PropertyKey): Owner | undefined
}

/** Makes the tags of one load. */
export function createLiteralTags(): LiteralTags {
  const literals: LiteralRecord[] = []
  const tags = new WeakMap<object, Tag>()
  const pending: unknown[] = []
  const find = (value: object, key: PropertyKey): Owner | undefined => {
    const tag = tags.get(value)
    if (!tag) return undefined
    return Array.isArray(value)
      ? ownerOfItem(tag, { key: Number(key), length: value.length, find })
      : ownerOfProperty(tag, { key, find })
  }
  return {
    add: (literal) => literals.push(literal) - 1,
    note: (value) => {
      pending.push(value)
      return value
    },
    tag(value, number) {
      const literal = literals[number]
      if (literal) tags.set(value, { literal, notes: takeNotes(literal, pending) })
      return value
    },
    get: (value) => tags.get(value),
    owner: find,
  }
}

/** The notes of a literal are the last ones: those of the literals inside it were taken already. */
function takeNotes(literal: LiteralRecord, pending: unknown[]): ReadonlyMap<number, unknown> {
  if (!literal.noted) return new Map()
  const parts = literal.parts.flatMap((part, number) => (isNoted(part) ? [number] : []))
  const values = pending.splice(pending.length - parts.length)
  return new Map(parts.map((number, index) => [number, values[index]]))
}

/** Whether a part has a value that only running the source can tell. */
export function isNoted(part: LiteralPart): boolean {
  return part.kind === 'spread' || part.kind === 'computed'
}

type Find = (value: object, key: PropertyKey) => Owner | undefined

function ownerOfProperty(tag: Tag, search: { key: PropertyKey; find: Find }): Owner | undefined {
  const { literal, notes } = tag
  // Later parts override earlier ones.
  for (let number = literal.parts.length - 1; number >= 0; number--) {
    const part = literal.parts[number]
    if (!part) continue
    const noted = notes.get(number)
    if (part.kind === 'property' && part.name === search.key) return { literal, ...part }
    if (part.kind === 'computed' && notes.has(number) && String(noted) === search.key) {
      return { literal, ...part }
    }
    if (part.kind === 'spread' && isObject(noted) && Object.hasOwn(noted, search.key)) {
      return search.find(noted, search.key) ?? { literal, value: part.value }
    }
  }
  return undefined
}

interface ItemSearch {
  readonly key: number
  readonly length: number
  readonly find: Find
}

function ownerOfItem({ literal, notes }: Tag, search: ItemSearch): Owner | undefined {
  let rest = search.length - literal.parts.filter((part) => part.kind === 'item').length
  for (const [, spread] of notes) rest -= Array.isArray(spread) ? spread.length : 0
  let index = 0
  for (const [number, part] of literal.parts.entries()) {
    const spread = notes.get(number)
    // What is spread from something else than an array holds whatever the others leave.
    const length = part.kind === 'item' ? 1 : Array.isArray(spread) ? spread.length : rest
    if (search.key < index + length) {
      const inside = Array.isArray(spread) ? search.find(spread, search.key - index) : undefined
      return inside ?? { literal, value: part.value }
    }
    index += length
  }
  return undefined
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
