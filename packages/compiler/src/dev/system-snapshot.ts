import { join } from 'node:path'

import type { AppModel, ExportReference, Model } from '../model/model.ts'
import type { OutputFile } from '../render/output-file.ts'
import { generatedDirectory } from '../render/paths.ts'

/** What the serving process is made of, as far as the compiler knows. */
export interface SystemSnapshot {
  /** Changes with what only a new process takes in: listeners, limits, the names of apps and jobs, entries. */
  readonly topology: string
  /** By app, changes with its entry in the registry. */
  readonly entries: Readonly<Record<string, string>>
  /** By app, the modules that the registry imports for it; absolute. */
  readonly modules: Readonly<Record<string, readonly string[]>>
  /** The text of `generated/registry.ts`. */
  readonly registry: string
}

/** What a swap can take in, or what nobody runs. */
const swappable: ReadonlySet<string> = new Set(['registry.ts', 'contract.ts', 'model.json'])

export function takeSnapshot(options: {
  readonly root: string
  readonly model: Model
  readonly files: readonly OutputFile[]
}): SystemSnapshot {
  const { root, model, files } = options
  const fixed = files.filter(
    ({ path }) => !swappable.has(path) && !path.startsWith('prod/') && !path.endsWith('.json'),
  )
  const apps = Object.entries(model.apps)
  return {
    topology: JSON.stringify([
      apps.map(([name, { type, jobs }]) => [name, type, listJobs(jobs)]),
      fixed,
      model.schedules,
    ]),
    entries: Object.fromEntries(apps.map(([name, app]) => [name, JSON.stringify(app)])),
    modules: Object.fromEntries(
      apps.map(([name, app]) => [name, listModules(app).map((file) => join(root, file))]),
    ),
    registry: files.find(({ path }) => path === 'registry.ts')?.text ?? '',
  }
}

/** Where the text of the registry is, absolute. */
export function registryFile(root: string): string {
  return join(root, generatedDirectory, 'registry.ts')
}

/** What consumers are started for; where a job is declared doesn't matter to them. */
function listJobs(jobs: AppModel['jobs']): readonly unknown[] {
  return Object.entries(jobs).map(([name, { pool, source }]) => [name, pool, source])
}

function listModules({ application, plugins, procedures, jobs, commands }: AppModel): string[] {
  const references: ExportReference[] = [
    ...(application === undefined ? [] : [application]),
    ...[...plugins, ...Object.values(jobs), ...Object.values(commands)].map(({ source }) => source),
    ...Object.values(procedures).flatMap(({ source, guards, middleware, filters }) => [
      source,
      ...guards,
      ...middleware,
      ...filters,
    ]),
  ]
  return [...new Set(references.map(({ file }) => file))].sort()
}
