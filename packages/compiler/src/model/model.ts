/**
 * The compiler's view of the system: plain, sorted data with relative POSIX paths, no trace of the
 * machine and no syntax. `generated/model.json` is this, and everything else in `generated/` is
 * rendered from it and from the resolved config.
 */
export interface Model {
  readonly version: 1
  readonly apps: Readonly<Record<string, AppModel>>
}

export interface AppModel {
  readonly type: 'api' | 'worker'
  readonly application: ExportReference
  readonly procedures: Readonly<Record<string, ProcedureModel>>
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

/**
 * How to reach a value: a module, and the path from its namespace. `['createOrder']` is a named
 * export; `['default', 'router', 'routes', 'get']` leads through the nearest exported ancestor.
 */
export interface ExportReference {
  /** Relative to the project root, POSIX: `apps/shop/orders/create.ts`. */
  readonly file: string
  readonly path: readonly string[]
}
