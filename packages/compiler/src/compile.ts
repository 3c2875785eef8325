import { analyse } from './analysis/analyse.ts'
import { crossCheck } from './analysis/cross-check.ts'
import { loadConfig, type LoadedConfig } from './config/load.ts'
import { resolveConfig } from './config/resolve.ts'
import type { ResolvedConfig } from './config/resolved-config.ts'
import type { Diagnostic } from './diagnostics/diagnostic.ts'
import { hasErrors } from './diagnostics/summary.ts'
import type { Model } from './model/model.ts'
import type { OutputFile } from './render/output-file.ts'
import { render } from './render/render.ts'
import { readVersion } from './templates/package-root.ts'
import { readTemplates } from './templates/read-templates.ts'

export interface CompileOptions {
  /** Where the search for a config file begins, absolute. */
  readonly cwd: string
  /** The config file, absolute or from `cwd`; nothing is searched then. */
  readonly config?: string | undefined
}

/** As far as the stages came. A part is absent if its stage failed or was not reached. */
export interface Compilation {
  /** The config as it was read; its folder is the project root. */
  readonly loaded?: LoadedConfig
  readonly config?: ResolvedConfig
  readonly model?: Model
  /** What `generated/` should hold. */
  readonly files?: readonly OutputFile[]
  readonly diagnostics: readonly Diagnostic[]
  /** Every file that was read, absolute: what to watch, after a failure too. */
  readonly sources: readonly string[]
}

/**
 * From the config file to the text of `generated/`: load, resolve, analyse, cross-check, render. Each
 * stage reports all that it finds, and a stage with errors is the last. Writes nothing.
 */
export async function compile(options: CompileOptions): Promise<Compilation> {
  const loading = await loadConfig(options)
  const diagnostics = [...loading.diagnostics]
  let sources = loading.sources
  const { loaded } = loading
  if (loaded === undefined || hasErrors(diagnostics)) return { diagnostics, sources }

  const resolving = await resolveConfig(loaded)
  diagnostics.push(...resolving.diagnostics)
  const { config } = resolving
  if (config === undefined || hasErrors(diagnostics)) return { loaded, diagnostics, sources }

  const analysis = await analyse({ root: loaded.root, config })
  diagnostics.push(...analysis.diagnostics)
  sources = [...new Set([...sources, ...analysis.sources])].sort()
  const { model } = analysis
  if (model === undefined || hasErrors(diagnostics)) return { loaded, config, diagnostics, sources }

  const locate = (path: string) => loaded.locate(path.split('.'))
  diagnostics.push(...(await crossCheck({ config, model, locate })))
  if (hasErrors(diagnostics)) return { loaded, config, model, diagnostics, sources }

  const files = render({ config, model, version: readVersion(), templates: readTemplates() })
  return { loaded, config, model, files, diagnostics, sources }
}
