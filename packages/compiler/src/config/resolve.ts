import { basename } from 'node:path'

import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { deepFreeze } from './deep-freeze.ts'
import { sortByPlace } from '../diagnostics/sort-by-place.ts'
import type { LoadedConfig } from './load.ts'
import type { ResolvedConfig } from './resolved-config.ts'
import { resolveApps } from './resolvers/apps.ts'
import { resolveBuild } from './resolvers/build.ts'
import { resolveLimits } from './resolvers/limits.ts'
import { resolveLogging } from './resolvers/logging.ts'
import { createResolveContext } from './resolvers/resolve-context.ts'
import { resolveShutdown } from './resolvers/shutdown.ts'
import { resolveTransports, transportNames } from './resolvers/transports.ts'
import { checkUnimplementedSections } from './resolvers/unimplemented-sections.ts'
import { reportUnknownSections } from './resolvers/unknown-sections.ts'
import { reportUnsupported } from './resolvers/unsupported.ts'

export interface ResolveResult {
  /** Frozen to its depth; absent if there was an error. */
  readonly config?: ResolvedConfig
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Checks a config, fills in the defaults and turns what it names into paths. Every section is checked,
 * whatever is wrong with the others.
 */
export async function resolveConfig(loaded: LoadedConfig): Promise<ResolveResult> {
  const diagnostics: Diagnostic[] = []
  const context = createResolveContext(loaded, diagnostics)
  reportUnknownSections(context)
  const apps = await resolveApps(context, transportNames(context))
  const transports = resolveTransports(context)
  const limits = resolveLimits(context)
  const logging = resolveLogging(context)
  const shutdown = resolveShutdown(context)
  const build = resolveBuild(context)
  checkUnimplementedSections(context)
  reportUnsupported(context)
  if (diagnostics.length > 0 || !limits || !logging || !shutdown || !build) {
    return { diagnostics: sortByPlace(diagnostics, basename(loaded.file)) }
  }
  const file = basename(loaded.file)
  const config = { file, apps, transports, limits, logging, shutdown, build }
  return { config: deepFreeze(config), diagnostics }
}
