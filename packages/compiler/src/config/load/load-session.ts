import { dirname, relative, sep } from 'node:path'

import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import { createLiteralTags, type LiteralTags } from './literal-tags.ts'
import type { ModuleImport } from './module-imports.ts'
import type { SourceText, Span } from './source-text.ts'

/** A module of the config, as far as messages need it. */
export interface LoadedModule {
  readonly source: SourceText
  readonly imports: readonly ModuleImport[]
  /** The expression after `export default`. */
  readonly defaultExport: Span | undefined
}

/** What one load of the config gathers on its way. */
export interface LoadSession {
  /** The config file, absolute. */
  readonly file: string
  /** The folder of the config file, absolute. */
  readonly root: string
  readonly tags: LiteralTags
  /** By absolute path. */
  readonly modules: Map<string, LoadedModule>
  /** Every local file that was read or looked for, absolute. */
  readonly sources: Set<string>
  readonly diagnostics: Diagnostic[]
  /** Imports of packages that the bundler can't find; Node has the last word. */
  readonly missingPackages: Set<string>
  /** A path as diagnostics name it. */
  relative(path: string): string
}

export function createLoadSession(file: string): LoadSession {
  const root = dirname(file)
  return {
    file,
    root,
    tags: createLiteralTags(),
    modules: new Map(),
    sources: new Set([file]),
    diagnostics: [],
    missingPackages: new Set(),
    relative: (path) => relative(root, path).split(sep).join('/'),
  }
}
