import { createValues, type Values } from '../container/values.ts'
import type { AppConfig } from '../config.ts'
import type { RegistryApp } from '../registry.ts'
import type { AppContext } from './app-context.ts'

/** What there is to know of an app that runs. */
export interface AppInfo {
  readonly name: string
  readonly type: 'api' | 'worker'
  readonly slots: readonly number[] | 'inline'
  readonly procedures: readonly ProcedureInfo[]
  /** The app's global values. */
  readonly container: Values
}

export interface ProcedureInfo {
  /** Inside the app, `orders/create`. */
  readonly path: string
  readonly kind: 'call' | 'stream'
  readonly readonly: boolean
  /** Where it is declared, `apps/shop/orders/create.ts:8:14`. */
  readonly at: string
}

/** The apps of a runtime; empty before `initialize`. */
export interface AppRegistry {
  get(name: string): AppInfo | undefined
  list(): readonly AppInfo[]
  /**
   * Exchanges an app's code while the runtime runs. The new one is loaded and warmed up first; then new
   * calls go to it, while those that run end on the old one, which is disposed afterwards or after the
   * configured `shutdown.timeout`. Values that other apps use too stay, and so do connections: their next
   * call meets the new code. Of several replacements asked for at once the newest wins. Resolves when
   * new calls reach the new code.
   * @throws NeemataError of what failed in the new one, the old one then goes on serving; NM7103 for an
   * unknown app, NM7404 if the runtime does not run
   */
  replace(name: string, next: RegistryApp): Promise<void>
  /**
   * Adds an app while the runtime runs.
   * @throws NeemataError of what failed in it; NM7105 if there is one of that name, NM7404
   */
  add(name: string, app: RegistryApp, config: AppConfig): Promise<void>
  /**
   * Takes an app away: new calls don't find it, running ones end. Resolves when it is disposed.
   * @throws NeemataError NM7103 or NM7404
   */
  remove(name: string): Promise<void>
}

export function describeApp({ name, registry, binder, container, claim }: AppContext): AppInfo {
  return {
    name,
    type: registry.type,
    slots: registry.slots,
    procedures: Object.entries(registry.procedures).map(([path, { kind, readonly, at }]) => ({
      path,
      kind,
      readonly,
      at,
    })),
    container: createValues(binder, container, (node) => claim.add([node])),
  }
}
