import type { SourceModule } from '../source-module.ts'
import type { Lazy } from './value.ts'

/** The names that an expression can see besides those of its module. */
export interface Scope {
  readonly module: SourceModule
  readonly names: ReadonlyMap<string, Lazy>
  readonly parent?: Scope
}

export function lookUp(scope: Scope, name: string): Lazy | undefined {
  let current: Scope | undefined = scope
  while (current !== undefined) {
    const found = current.names.get(name)
    if (found !== undefined) return found
    current = current.parent
  }
  return undefined
}
