import { createValues, type Values } from '../container/values.ts'
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
}

export function createAppRegistry(contexts: ReadonlyMap<string, AppContext>): AppRegistry {
  return {
    get(name) {
      const context = contexts.get(name)
      return context && describe(context)
    },
    list: () => [...contexts.values()].map(describe),
  }
}

function describe({ name, registry, binder, container }: AppContext): AppInfo {
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
    container: createValues(binder, container),
  }
}
