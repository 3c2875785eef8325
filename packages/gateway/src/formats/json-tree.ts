import { deepestNesting } from './format.ts'
import { describePath, FormatError } from './format-error.ts'

/** How one flavour of JSON writes what JSON has no notation for. Parts arrive converted already. */
export interface JsonMapping {
  readonly contentType: string
  /** Gets the decimal digits. */
  bigint(digits: string): unknown
  /** `NaN`, `Infinity`, `-Infinity` and `-0`. */
  oddNumber(value: number): unknown
  date(value: Date): unknown
  bytes(value: Uint8Array): unknown
  map(entries: readonly (readonly [unknown, unknown])[]): unknown
  set(items: readonly unknown[]): unknown
  /** `undefined` where it can't be left out: in arrays, maps and sets. */
  missing(): unknown
  object(value: Readonly<Record<string, unknown>>): unknown
}

/**
 * Converts a value into a tree that `JSON.stringify` writes as it is.
 * @throws {FormatError} for functions, symbols, cycles, and objects whose content JSON can't see.
 */
export function toJsonTree(value: unknown, mapping: JsonMapping): unknown {
  return new TreeBuilder(mapping).convert(value)
}

class TreeBuilder {
  private readonly mapping: JsonMapping
  private readonly path: (string | number)[] = []
  private readonly ancestors = new Set<object>()

  constructor(mapping: JsonMapping) {
    this.mapping = mapping
  }

  convert(value: unknown): unknown {
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return value
      case 'number':
        return Number.isFinite(value) && !Object.is(value, -0)
          ? value
          : this.mapping.oddNumber(value)
      case 'bigint':
        return this.convertBigint(value)
      case 'undefined':
        return this.mapping.missing()
      case 'object':
        return value === null ? null : this.convertObject(value)
      case 'function':
      case 'symbol':
        return this.refuse(`A ${typeof value}`)
    }
  }

  private convertBigint(value: bigint): unknown {
    const digits = String(value)
    return digits.length > longestBigint
      ? this.refuse(`A bigint of more than ${longestBigint} digits`)
      : this.mapping.bigint(digits)
  }

  private convertObject(value: object): unknown {
    if (this.ancestors.has(value)) return this.refuse('A value that contains itself')
    if (this.ancestors.size >= deepestNesting) {
      return this.refuse(`A nesting of more than ${deepestNesting} levels`)
    }
    this.ancestors.add(value)
    const result = this.convertByKind(value)
    this.ancestors.delete(value)
    return result
  }

  private convertByKind(value: object): unknown {
    const kind = Object.prototype.toString.call(value).slice(8, -1)
    if (kind === 'Date') return this.mapping.date(value as Date)
    if (kind === 'Uint8Array') return this.mapping.bytes(value as Uint8Array)
    if (hasToJSON(value)) return this.convertReplacement(value)
    if (Array.isArray(value)) return this.convertItems(value)
    if (kind === 'Map') return this.convertMap(value as Map<unknown, unknown>)
    if (kind === 'Set') return this.mapping.set(this.convertItems([...(value as Set<unknown>)]))
    if (kind === 'Object') return this.mapping.object(this.convertProperties(value))
    if (boxes.has(kind)) return this.convert(value.valueOf())
    return this.refuse(
      ArrayBuffer.isView(value) ? `${kind} (use Uint8Array)` : `A value of ${kind}`,
    )
  }

  private convertReplacement(value: { toJSON(key: string): unknown }): unknown {
    const replacement = value.toJSON(String(this.path.at(-1) ?? ''))
    // A replacement is taken as it is: its own toJSON, if it is the same object, must not run again.
    return replacement === value
      ? this.refuse('A value whose toJSON returns itself')
      : this.convert(replacement)
  }

  private convertItems(items: readonly unknown[]): unknown[] {
    const out: unknown[] = []
    for (let i = 0; i < items.length; i++) out.push(this.convertAt(i, items[i]))
    return out
  }

  private convertMap(map: ReadonlyMap<unknown, unknown>): unknown {
    const entries: [unknown, unknown][] = []
    for (const [key, value] of map) {
      const at = entries.length
      entries.push([
        this.convertAt(at, key),
        this.convertAt(typeof key === 'string' ? key : at, value),
      ])
    }
    return this.mapping.map(entries)
  }

  private convertProperties(object: object): Record<string, unknown> {
    const out: Record<string, unknown> = {}
    for (const key of Object.keys(object)) {
      const value: unknown = (object as Record<string, unknown>)[key]
      if (key === '__proto__') return this.refuseAt(key, 'A key of that name')
      if (value !== undefined) out[key] = this.convertAt(key, value)
    }
    return out
  }

  private convertAt(step: string | number, value: unknown): unknown {
    this.path.push(step)
    const result = this.convert(value)
    this.path.pop()
    return result
  }

  private refuseAt(step: string | number, what: string): never {
    this.path.push(step)
    return this.refuse(what)
  }

  private refuse(what: string): never {
    const where = describePath(this.path)
    throw new FormatError(`${what} can't be sent as ${this.mapping.contentType}: at ${where}.`, [
      ...this.path,
    ])
  }
}

/** Reading digits takes more than linear time, so decoders take no more than these. */
const longestBigint = 10_000

const boxes: ReadonlySet<string> = new Set(['Number', 'String', 'Boolean'])

function hasToJSON(value: object): value is { toJSON(key: string): unknown } {
  return typeof (value as { toJSON?: unknown }).toJSON === 'function'
}
