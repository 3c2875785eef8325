/**
 * The compiler's view of the system: plain, sorted data with relative POSIX paths, no trace of the
 * machine and no syntax. `generated/model.json` is this, and everything else in `generated/` is
 * rendered from it and from the resolved config.
 */
export interface Model {
  readonly version: 1
  readonly apps: Readonly<Record<string, AppModel>>
  /** By name in the config. */
  readonly schedules: Readonly<Record<string, ScheduleModel>>
  readonly workers: WorkersModel
}

export interface AppModel {
  readonly type: 'api' | 'worker'
  /** Absent for a worker app that names no module. */
  readonly application?: ExportReference | undefined
  readonly procedures: Readonly<Record<string, ProcedureModel>>
  /** By export name. */
  readonly jobs: Readonly<Record<string, JobModel>>
  /** By export name. */
  readonly commands: Readonly<Record<string, CommandModel>>
  /** In the order in which they are set up. */
  readonly plugins: readonly PluginModel[]
  /** Names of the transports that may reach it, sorted. */
  readonly transports: readonly string[]
  readonly slots: readonly number[] | 'inline'
}

export interface ProcedureModel {
  readonly kind: 'call' | 'stream'
  readonly readonly: boolean
  readonly source: ExportReference
  /** Those of the routers above, outermost first. */
  readonly guards: readonly ExportReference[]
  readonly middleware: readonly ExportReference[]
  readonly filters: readonly ExportReference[]
  /** Where it is declared: `apps/shop/orders/create.ts:8:14`. */
  readonly at: string
}

export interface JobModel {
  readonly source: ExportReference
  readonly pool: string
  readonly at: string
}

export interface CommandModel {
  readonly source: ExportReference
  readonly at: string
}

export interface PluginModel {
  readonly name: string
  readonly source: ExportReference
  readonly at: string
}

export interface ScheduleModel {
  /** `shop/reindex`. */
  readonly job: string
  readonly cron: string
  readonly timezone: string
}

export interface WorkersModel {
  readonly api: { readonly threads: number }
  readonly jobs: Readonly<
    Record<string, { readonly threads: number; readonly concurrency: number }>
  >
}

/**
 * How to reach a value: a module, and the path from its namespace. `['createOrder']` is a named
 * export; `['default', 'router', 'routes', 'get']` leads through the nearest exported ancestor.
 */
export interface ExportReference {
  /** Relative to the project root, POSIX: `apps/shop/orders/create.ts`. */
  readonly file: string
  readonly path: readonly string[]
}
