import path from 'node:path'
import type { SummaryStore } from '../syntax/summary-store.ts'
import type { ModuleSource } from './interpreter/interpreter.ts'
import { createModuleResolver } from './resolve-module.ts'
import { SourceModule } from './source-module.ts'

export interface ProjectModules extends ModuleSource {
  /** Those that were asked for, and exist. */
  loaded(): readonly SourceModule[]
}

/** The modules of a project, read when first asked for. */
export function openProjectModules(root: string, summaries: SummaryStore): ProjectModules {
  const modules = new Map<string, SourceModule | undefined>()
  return {
    resolve: createModuleResolver(root),
    load(file) {
      if (modules.has(file)) return modules.get(file)
      const summary = summaries.read(path.join(root, file))
      const module = summary && new SourceModule(file, summary)
      modules.set(file, module)
      return module
    },
    loaded: () => [...modules.values()].filter((module) => module !== undefined),
  }
}
