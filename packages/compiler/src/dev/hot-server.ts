import { join } from 'node:path'

import { generatedDirectory } from '../render/paths.ts'
import { explainModuleFailure } from './explain-module-failure.ts'
import type { HotModules } from './hot-modules.ts'
import type { Answer, ModuleFailure, SwappedApp, Update, UpdateOutcome } from './messages.ts'

/** The part of the runtime that is needed here; `generated/dev/main.ts` exports one. */
interface SwappableRuntime {
  readonly apps: { replace(name: string, next: unknown): Promise<void> }
}

/**
 * Serves the project, and exchanges the code of apps while it does. *Waiting* until an update could be
 * loaded, then *serving* for good: whatever fails afterwards, the last good code goes on.
 */
export class HotServer {
  readonly #root: string
  readonly #modules: HotModules
  #runtime: SwappableRuntime | undefined
  /** Files that no successful update has taken in yet, and all that was stale because of them. */
  #unsettled = new Set<string>()

  constructor({ root, modules }: { readonly root: string; readonly modules: HotModules }) {
    this.#root = root
    this.#modules = modules
  }

  async update(update: Update): Promise<Answer> {
    for (const file of update.files) this.#unsettled.add(file)
    const stale = this.#modules.invalidate(this.#unsettled)
    for (const file of stale) this.#unsettled.add(file)
    const outcome = await (this.#runtime === undefined
      ? this.#start(update)
      : this.#swap(update, stale))
    return { outcome, files: this.#modules.files() }
  }

  /** Everything is loaded before the process starts for good, so that a mistake doesn't end it. */
  async #start({ apps }: Update): Promise<UpdateOutcome> {
    const failures = await this.#load(Object.keys(apps))
    if (failures.length > 0) {
      for (const file of this.#modules.files()) this.#unsettled.add(file)
      return { type: 'failed', failures, apps: [] }
    }
    const { runtime } = await this.#modules.import(this.#generated('dev', 'main.ts'))
    this.#runtime = runtime as SwappableRuntime
    this.#unsettled.clear()
    return { type: 'started' }
  }

  async #swap(update: Update, stale: ReadonlySet<string>): Promise<UpdateOutcome> {
    const begun = performance.now()
    const names = Object.entries(update.apps)
      .filter(
        ([name, files]) =>
          update.regenerated.includes(name) || files.some((file) => stale.has(file)),
      )
      .map(([name]) => name)
    await this.#modules.transform(stale)
    const failures = [...(await this.#load(names))]
    const swapped: SwappedApp[] = []
    if (failures.length === 0) {
      const registry = await this.#registry()
      const swaps = names.map(async (name) => {
        await this.#runtime?.apps.replace(name, registry[name])
        swapped.push({ name, duration: performance.now() - begun })
      })
      for (const result of await Promise.allSettled(swaps)) {
        if (result.status === 'rejected') failures.push(this.#explain(result.reason, 'start'))
      }
    }
    if (failures.length > 0) return { type: 'failed', failures, apps: swapped }
    this.#unsettled.clear()
    return { type: 'swapped', apps: swapped }
  }

  /** Evaluates all modules of apps; what failed, each failure once. */
  async #load(names: readonly string[]): Promise<readonly ModuleFailure[]> {
    let loaders: (() => unknown)[]
    try {
      const registry = await this.#registry()
      loaders = names.flatMap((name) => findLoaders(registry[name]))
    } catch (error) {
      return [this.#explain(error, 'evaluation')]
    }
    const results = await Promise.allSettled(loaders.map(async (load) => load()))
    const failed = results.filter((result) => result.status === 'rejected')
    const failures = failed.map(({ reason }) => this.#explain(reason, 'evaluation'))
    return [...new Map(failures.map((failure) => [JSON.stringify(failure), failure])).values()]
  }

  async #registry(): Promise<Readonly<Record<string, unknown>>> {
    const { registry } = await this.#modules.import(this.#generated('registry.ts'))
    return (registry as { readonly apps: Readonly<Record<string, unknown>> }).apps
  }

  #explain(error: unknown, kind: ModuleFailure['kind']): ModuleFailure {
    return explainModuleFailure({ error, kind, root: this.#root })
  }

  #generated(...path: string[]): string {
    return join(this.#root, generatedDirectory, ...path)
  }
}

/** All functions below an app's entry in the registry: each of them imports something. */
function findLoaders(value: unknown): (() => unknown)[] {
  if (typeof value === 'function') return [value as () => unknown]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(findLoaders)
}
