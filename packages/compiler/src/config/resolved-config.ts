/**
 * The configuration after defaults, checks and expansion: frozen, serialisable, free of absolute paths.
 * Environment references stay references; their values are read at boot.
 */
export interface ResolvedConfig {
  /** The config file, relative to the project root. */
  readonly file: string
  readonly apps: Readonly<Record<string, ResolvedApp>>
  readonly transports: Readonly<Record<string, ResolvedTransport>>
  readonly limits: ResolvedLimits
  readonly logging: { readonly level: Configured<string> }
  readonly shutdown: { readonly timeout: Configured<number> }
  readonly build: ResolvedBuild
  readonly workers: ResolvedWorkers
  readonly scheduler: Readonly<Record<string, ResolvedSchedule>>
  readonly redis: { readonly url?: Configured<string> | undefined }
}

/** A value of the config, or where the environment holds it. */
export type Configured<T> = T | EnvironmentReference

/** `env.port('PORT', 3000)` as data. */
export interface EnvironmentReference {
  readonly $env: {
    readonly name: string
    readonly type: 'string' | 'number' | 'port' | 'url' | 'boolean' | 'enum'
    /** The accepted words of an `enum`. */
    readonly values?: readonly string[]
    readonly default?: string | number | boolean
    /** Absent is fine, and reads as `undefined`. */
    readonly optional: boolean
  }
}

export interface ResolvedApp {
  readonly type: 'api' | 'worker'
  /**
   * The module with the default-exported application, relative to the project root, POSIX. Absent for
   * a worker app that names none.
   */
  readonly application?: string | undefined
  /** Names of transports, sorted. */
  readonly transports: readonly string[]
  /** Modules that export jobs, relative to the project root, sorted. */
  readonly jobs: readonly string[]
  /** Modules that export commands, relative to the project root, sorted. */
  readonly commands: readonly string[]
  /** The API slots that run it, computed from `workers` of the app and of the config. */
  readonly slots: readonly number[] | 'inline'
}

export interface ResolvedWorkers {
  readonly api: { readonly threads: number }
  readonly jobs: Readonly<
    Record<string, { readonly threads: number; readonly concurrency: number }>
  >
}

export interface ResolvedSchedule {
  readonly job: string
  readonly cron: string
  readonly timezone: string
  /** Literal data. */
  readonly input?: unknown
}

export type ResolvedTransport = ResolvedHttpTransport | ResolvedWsTransport

export interface ResolvedWsTransport {
  readonly type: 'ws'
  /** The HTTP transport whose port it shares. */
  readonly listen: string
  readonly path: string
}

export interface ResolvedHttpTransport {
  readonly type: 'http'
  readonly host: Configured<string>
  readonly port: Configured<number>
  readonly cors: boolean | { readonly origins: readonly string[]; readonly credentials: boolean }
}

/** Sizes in bytes, times in milliseconds. */
export interface ResolvedLimits {
  readonly bodySize: Configured<number>
  readonly headerSize: Configured<number>
  readonly headersTimeout: Configured<number>
  readonly requestTimeout: Configured<number>
  readonly keepAliveTimeout: Configured<number>
  readonly connections: Configured<number>
  readonly decodeDepth: Configured<number>
  readonly frameSize: Configured<number>
  readonly queuedBytes: Configured<number>
  readonly pingInterval: Configured<number>
  readonly callTimeout: Configured<number>
  readonly callsPerSession: Configured<number>
}

export interface ResolvedBuild {
  /** Where bundles go, relative to the project root. Default: `dist`. */
  readonly outDir: string
  /** Packages that are copied beside the bundle instead of bundled. */
  readonly external: readonly string[]
}
