import type {
  AnyProcedure,
  AnyStream,
  Application,
  Filter,
  Guard,
  Middleware,
  Plugin,
} from '@neemata/application'

import type { AnyCommand } from './declare/command.ts'
import type { AnyJob } from './declare/job.ts'

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
  /** The application's descriptor; its router is never read. Absent for a worker app without one. */
  readonly application?: Load<Application> | undefined
  /** By path inside the app, `orders/create`. */
  readonly procedures: Readonly<Record<string, RegistryProcedure>>
  /** By export name. */
  readonly jobs: Readonly<Record<string, RegistryJob>>
  /** By export name. */
  readonly commands: Readonly<Record<string, RegistryCommand>>
  /** Those of the application, in their order; set up in every process that runs the app. */
  readonly plugins: readonly Load<Plugin>[]
  /** The API worker threads that run this app, or the gateway's own thread. */
  readonly slots: readonly number[] | 'inline'
}

export interface RegistryProcedure {
  readonly load: Load<AnyProcedure | AnyStream>
  readonly kind: 'call' | 'stream'
  readonly readonly: boolean
  /** Those of the routers above it, outermost first; not the application's, not its own. */
  readonly guards: readonly Load<Guard>[]
  readonly middleware: readonly Load<Middleware>[]
  readonly filters?: readonly Load<Filter>[]
  /** Where it is declared, `apps/shop/orders/create.ts:8:14`. */
  readonly at: string
}

export interface RegistryJob {
  readonly load: Load<AnyJob>
  /** The pool of `workers.jobs` whose threads run it. */
  readonly pool: string
  readonly at: string
}

export interface RegistryCommand {
  readonly load: Load<AnyCommand>
  readonly at: string
}
