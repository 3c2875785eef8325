import type { TagNames } from './instrument-module.ts'
import type { LiteralTags } from './literal-tags.ts'

const key = 'neemata.config.tags'

let shares = 0

export interface SharedTags {
  /** Source that declares the functions which rewritten modules call. */
  readonly banner: string
  /** Forgets the tags; source that has begun to run keeps them. */
  end(): void
}

/** Offers tags to a bundle that is about to run in this process. */
export function shareTags(tags: LiteralTags, names: TagNames): SharedTags {
  const registry = sharedRegistry()
  const id = `${shares++}`
  registry.set(id, tags)
  return {
    banner: `const { tag: ${names.tag}, note: ${names.note} } = globalThis[Symbol.for('${key}')].get('${id}');`,
    end: () => void registry.delete(id),
  }
}

function sharedRegistry(): Map<string, LiteralTags> {
  const holder = globalThis as { [name: symbol]: unknown }
  const registry = (holder[Symbol.for(key)] ??= new Map<string, LiteralTags>())
  return registry as Map<string, LiteralTags>
}
