import type { SourcePlace } from '../../diagnostics/diagnostic.ts'
import type { LiteralTags } from './literal-tags.ts'

export interface LocateOptions {
  /** Find the key instead of its value. */
  readonly key?: boolean
}

/**
 * Finds where the value at a path of a live config was written: the value itself, or else the nearest
 * literal around it.
 */
export function locateValue(
  tags: LiteralTags,
  root: unknown,
  options: LocateOptions & { readonly path: readonly PropertyKey[] },
): SourcePlace | undefined {
  let place = literalPlace(tags, root)
  let current = root
  for (const [depth, key] of options.path.entries()) {
    if (typeof current !== 'object' || current === null) break
    const owner = tags.owner(current, key)
    const next: unknown = Object.hasOwn(current, key) ? Reflect.get(current, key) : undefined
    const wantsKey = options.key && depth === options.path.length - 1
    if (owner) {
      const span = wantsKey ? (owner.key ?? owner.value) : owner.value
      place = owner.literal.source.place(span)
    } else {
      place = literalPlace(tags, next) ?? place
    }
    current = next
  }
  return place
}

function literalPlace(tags: LiteralTags, value: unknown): SourcePlace | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const literal = tags.get(value)?.literal
  return literal?.source.place(literal.span)
}
