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
import { resolveRedis } from './resolvers/redis.ts'
import { createResolveContext } from './resolvers/resolve-context.ts'
import { resolveScheduler } from './resolvers/scheduler.ts'
import { resolveShutdown } from './resolvers/shutdown.ts'
import { resolveTransports, transportNames } from './resolvers/transports.ts'
import { reportUnknownSections } from './resolvers/unknown-sections.ts'
import { reportUnsupported } from './resolvers/unsupported.ts'
import { resolveWorkers } from './resolvers/workers.ts'

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
  const workers = resolveWorkers(context)
  const apps = await resolveApps(context, {
    transports: transportNames(context),
    threads: workers?.api.threads,
  })
  const transports = resolveTransports(context)
  const limits = resolveLimits(context)
  const logging = resolveLogging(context)
  const shutdown = resolveShutdown(context)
  const build = resolveBuild(context)
  const scheduler = resolveScheduler(context)
  const redis = resolveRedis(context)
  reportUnsupported(context)
  if (diagnostics.length > 0 || !limits || !logging || !shutdown || !build || !workers) {
    return { diagnostics: sortByPlace(diagnostics, basename(loaded.file)) }
  }
  const file = basename(loaded.file)
  const sections = { apps, transports, limits, logging, shutdown, build, workers, scheduler, redis }
  return { config: deepFreeze({ file, ...sections }), diagnostics }
}
