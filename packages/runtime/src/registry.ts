import type { AnyProcedure, Application, Filter, Guard, Middleware } from '@neemata/application'

/** Reaches a value through its module: already there, or imported when first asked for. */
export type Load<T> = () => T | Promise<T>

/**
 * Everything that a process can run, written by the compiler into `generated/registry.ts`. Only data
 * and imports: the runtime scans no folder and reads no router.
 */
export interface Registry {
  readonly version: 1
  readonly apps: Readonly<Record<string, RegistryApp>>
}

export interface RegistryApp {
  readonly type: 'api' | 'worker'
  /** The application's descriptor; its router is never read. */
  readonly application: Load<Application>
  /** By path inside the app, `orders/create`. */
  readonly procedures: Readonly<Record<string, RegistryProcedure>>
  readonly jobs: Readonly<Record<string, never>>
  readonly commands: Readonly<Record<string, never>>
  readonly plugins: readonly never[]
  /** The API worker threads that run this app, or the gateway's own thread. */
  readonly slots: readonly number[] | 'inline'
}

export interface RegistryProcedure {
  readonly load: Load<AnyProcedure>
  readonly kind: 'call' | 'stream'
  readonly readonly: boolean
  /** Those of the routers above it, outermost first; not the application's, not its own. */
  readonly guards: readonly Load<Guard>[]
  readonly middleware: readonly Load<Middleware>[]
  readonly filters?: readonly Load<Filter>[]
  /** Where it is declared, `apps/shop/orders/create.ts:8:14`. */
  readonly at: string
}
