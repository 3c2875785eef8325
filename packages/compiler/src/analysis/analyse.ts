import { realpathSync } from 'node:fs'
import path from 'node:path'
import type { ResolvedConfig } from '../config/resolved-config.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { createModel } from '../model/create-model.ts'
import type { AppModel, Model } from '../model/model.ts'
import { summaryCacheFile } from '../syntax/summary-cache.ts'
import { openSummaryStore } from '../syntax/summary-store.ts'
import { createInterpreter } from './interpreter/create-interpreter.ts'
import { openProjectModules } from './project-modules.ts'
import { readApplication } from './read-application.ts'
import { reportForeignChanges } from './report-foreign-changes.ts'
import { Report } from './report.ts'

export interface AnalysisOptions {
  /** The project root: the folder of the config file. */
  readonly root: string
  readonly config: ResolvedConfig
  /** Keep what was read of each file in `node_modules/.cache/neemata`. Default: `true`. */
  readonly cache?: boolean
}

export interface Analysis {
  /** Absent if anything is wrong. */
  readonly model?: Model
  readonly diagnostics: readonly Diagnostic[]
  /** Absolute paths of the files that were read, sorted: what to watch. */
  readonly sources: readonly string[]
}

/**
 * Reads the applications of a config without running any of their code. What can't be followed is
 * reported, never guessed. Only the modules that lead to routes are read.
 */
export async function analyse(options: AnalysisOptions): Promise<Analysis> {
  const root = realpathSync(options.root)
  const summaries = openSummaryStore(options.cache === false ? undefined : summaryCacheFile(root))
  const modules = openProjectModules(root, summaries)
  const interpreter = createInterpreter(modules)
  const report = new Report()
  const apps: Record<string, AppModel> = {}
  for (const [name, app] of Object.entries(options.config.apps)) {
    const model = readApplication({ interpreter, report, name, app })
    if (model) apps[name] = model
  }
  reportForeignChanges({ interpreter, report, modules: modules.loaded() })
  summaries.save()
  const { diagnostics } = report
  const sources = modules.loaded().map(({ file }) => path.join(root, file))
  const failed = diagnostics.some(({ severity }) => severity === 'error')
  return {
    ...(!failed && { model: createModel({ apps, ...topologyOf(options.config) }) }),
    diagnostics: diagnostics.toSorted(byPlace),
    sources: sources.toSorted(),
  }
}

function topologyOf({ scheduler, workers }: ResolvedConfig): Pick<Model, 'schedules' | 'workers'> {
  const schedules = Object.entries(scheduler).map(([name, { job, cron, timezone }]) => [
    name,
    { job, cron, timezone },
  ])
  return { schedules: Object.fromEntries(schedules) as Model['schedules'], workers }
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  const [left, right] = [a.at, b.at]
  if (left === undefined || right === undefined)
    return Number(right === undefined) - Number(left === undefined)
  if (left.file !== right.file) return left.file < right.file ? -1 : 1
  return left.line - right.line || left.column - right.column
}
