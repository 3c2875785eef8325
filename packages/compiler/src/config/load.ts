import type { Diagnostic, SourcePlace } from '../diagnostics/diagnostic.ts'
import { findConfigFile } from './load/find-config-file.ts'
import { createLoadSession } from './load/load-session.ts'
import { type LocateOptions, locateValue } from './load/locate.ts'
import { runConfig } from './load/run-config.ts'

export interface LoadOptions {
  /** Where the search for a config file begins; upward from there. */
  readonly cwd: string
  /** The config file, absolute or from `cwd`; nothing is searched then. */
  readonly config?: string | undefined
}

/** A config that ran to its end: what it exports, not checked yet. */
export interface LoadedConfig {
  /** The folder of the config file, absolute: the project root. */
  readonly root: string
  /** The config file, absolute. */
  readonly file: string
  /** What it exports by default: the argument of `defineRuntime`. */
  readonly value: unknown
  /** Every local file that it is made of, absolute, sorted. */
  readonly sources: readonly string[]
  /**
   * Where the value at a path was written: the value or, with `key`, its key. What a package made is
   * found no nearer than the literal around it. `undefined` if there is no such literal either.
   */
  locate(path: readonly PropertyKey[], options?: LocateOptions): SourcePlace | undefined
}

export interface LoadResult {
  /** Absent if anything was wrong. */
  readonly loaded?: LoadedConfig
  /** The files to watch, absolute, sorted: all on success, those known so far after a failure. */
  readonly sources: readonly string[]
  readonly diagnostics: readonly Diagnostic[]
}

/** Finds the config file, bundles it with the local files that it imports, and runs it. */
export async function loadConfig(options: LoadOptions): Promise<LoadResult> {
  const found = findConfigFile(options)
  if ('diagnostic' in found) return { sources: [], diagnostics: [found.diagnostic] }
  const session = createLoadSession(found.file)
  const result = await runConfig(session)
  const sources = [...session.sources].sort()
  if (!result) return { sources, diagnostics: session.diagnostics }
  const { value } = result
  const loaded: LoadedConfig = {
    root: session.root,
    file: session.file,
    value,
    sources,
    locate: (path, { key = false } = {}) => locateValue(session.tags, value, { path, key }),
  }
  return { loaded, sources, diagnostics: [] }
}
