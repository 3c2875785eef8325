import type {
  Declaration,
  ExportBinding,
  Expression,
  ImportBinding,
  Mutation,
  Span,
  Summary,
} from '../syntax/summary.ts'
import type { Place } from './interpreter/place.ts'

/** A module of the project as the interpreter sees it. */
export class SourceModule {
  /** Relative to the project root, POSIX. */
  readonly file: string
  readonly summary: Summary
  private readonly types: ReadonlySet<string>
  private readonly exportedNames = new Map<string, string>()
  private readonly mutations = new Map<string, Mutation[]>()

  constructor(file: string, summary: Summary) {
    this.file = file
    this.summary = summary
    this.types = new Set(summary.types)
    for (const [exported, binding] of Object.entries(summary.exports).sort(byPreference)) {
      if (binding.from !== 'here') continue
      const own = exported === binding.name
      if (own || !this.exportedNames.has(binding.name)) {
        this.exportedNames.set(binding.name, exported)
      }
    }
    for (const mutation of summary.mutations) this.addMutation(mutation, mutation.root)
  }

  declaration(name: string): Declaration | undefined {
    return own(this.summary.declarations, name)
  }

  import(name: string): ImportBinding | undefined {
    return own(this.summary.imports, name)
  }

  export(name: string): ExportBinding | undefined {
    return own(this.summary.exports, name)
  }

  isType(name: string): boolean {
    return this.types.has(name)
  }

  /** The name that imports a declaration: its own if it has one, never `default` if another leads there. */
  exportedAs(declaration: string): string | undefined {
    return this.exportedNames.get(declaration)
  }

  /** What changes the value of a declaration or import, by its name or by another that stands for it. */
  mutationsOf(name: string): readonly Mutation[] {
    return this.mutations.get(name) ?? []
  }

  /** The names that are changed, imported ones included. */
  mutatedNames(): Iterable<string> {
    return this.mutations.keys()
  }

  place(span: Span): Place {
    return { file: this.file, lines: this.summary.lines, at: span.at, end: span.end }
  }

  private addMutation(mutation: Mutation, name: string): void {
    const known = this.mutations.get(name)
    if (known?.includes(mutation)) return
    if (known === undefined) this.mutations.set(name, [mutation])
    else known.push(mutation)
    const target = rootName(this.declaration(name)?.value)
    if (target !== undefined) this.addMutation(mutation, target)
  }
}

/** `a` for `const b = a` and for `const b = a.c`: changing one changes the other. */
function rootName(value: Expression | undefined): string | undefined {
  if (value?.kind === 'identifier') return value.name
  return value?.kind === 'member' ? rootName(value.object) : undefined
}

function byPreference([a]: [string, unknown], [b]: [string, unknown]): number {
  if (a === 'default' || b === 'default') return a === b ? 0 : a === 'default' ? 1 : -1
  return a < b ? -1 : a > b ? 1 : 0
}

/** Names come from source text, so `constructor` must not find what objects inherit. */
function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined
}
