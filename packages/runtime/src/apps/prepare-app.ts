import { AppHooks } from '../lifecycle/app-hooks.ts'
import type { RegistryApp } from '../registry.ts'
import { type LoadedApp, loadApp } from './load-app.ts'

/** An app of which the modules are there and nothing else yet. */
export interface PreparedApp {
  readonly loaded: LoadedApp
  /** Knows those of `initialize:before`; the rest once the app's context is created. */
  readonly hooks: AppHooks
}

/**
 * Loads an app's modules, the first step on its way up.
 * @throws NeemataError NM7101, NM7102 or NM7206
 */
export async function prepareApp(name: string, registry: RegistryApp): Promise<PreparedApp> {
  const loaded = await loadApp(name, registry)
  return { loaded, hooks: new AppHooks(name, loaded.application.hooks) }
}
