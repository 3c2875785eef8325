// Rendered from the schema in `config/schema/`; a test compares. Change the schema, then run
// `npx vitest run packages/compiler/src/config/reference -u`.
import type { Configured, EnvReference } from './env-reference.ts'

/** Everything that `defineRuntime` takes. */
export interface RuntimeOptions {
  /**
   * The apps of the system by name, each a path to its application or an object. The name is the
   * first segment of its URLs.
   */
  readonly apps: Readonly<Record<string, string | ApiApp | WorkerApp>>
  /**
   * How clients reach the system, by name.
   * @default { http: { type: 'http' } }
   */
  readonly transports?: Readonly<Record<string, HttpTransport | WsTransport | CustomTransport>>
  /** Threads, and what they run. */
  readonly workers?: Workers
  /** Jobs that are added again and again, by name. */
  readonly scheduler?: Readonly<Record<string, Schedule>>
  /**
   * The store of jobs and events that several machines share.
   * @default the embedded store
   */
  readonly redis?: Redis
  /** What clients may ask of the system. All limits are on by default. */
  readonly limits?: Limits
  /** What is logged. */
  readonly logging?: Logging
  /** How the system stops. */
  readonly shutdown?: Shutdown
  /** How `neemata build` bundles. */
  readonly build?: Build
}

/** An app that answers calls. */
export interface ApiApp {
  /**
   * An app that answers calls.
   * @default 'api'
   */
  readonly type?: 'api'
  /**
   * The module whose default export is the application, resolved from the folder of the config
   * file.
   */
  readonly application: string
  /**
   * The names of the transports that reach the app.
   * @default all transports
   */
  readonly transports?: readonly string[]
  /**
   * Where the app runs: in so many slots, in the listed ones, or in the thread of the gateway.
   * @default all slots; inline if there are none
   */
  readonly workers?: 'inline' | SlotCount | SlotList
  /** Modules that export jobs, as file patterns resolved from the config file. */
  readonly jobs?: readonly string[]
  /** Modules that export commands, as file patterns resolved from the config file. */
  readonly commands?: readonly string[]
  /** Read by `inject.options` of the app; values may be environment references. */
  readonly options?: Readonly<Record<string, unknown>>
}

/** So many API worker threads, whichever. */
export interface SlotCount {
  /** How many slots run the app; the compiler picks them. */
  readonly count: number
}

/** These API worker threads. */
export interface SlotList {
  /** The numbers of the slots that run the app. */
  readonly slots: readonly number[]
}

/** An app that runs jobs and answers no calls. */
export interface WorkerApp {
  /** An app that runs jobs and has no router. */
  readonly type: 'worker'
  /**
   * The module whose default export is the application, for what its jobs depend on. Its router
   * is not used.
   */
  readonly application?: string
  /** Modules that export jobs, as file patterns resolved from the config file. */
  readonly jobs?: readonly string[]
  /** Modules that export commands, as file patterns resolved from the config file. */
  readonly commands?: readonly string[]
  /** Read by `inject.options` of the app; values may be environment references. */
  readonly options?: Readonly<Record<string, unknown>>
}

/** Listens for HTTP. */
export interface HttpTransport {
  /** JSON calls over HTTP. */
  readonly type: 'http'
  /**
   * The host name or IP address to listen on; `0.0.0.0` for all.
   * @default '127.0.0.1'
   */
  readonly host?: Configured<string>
  /**
   * The TCP port to listen on; `0` picks a free one.
   * @default 3000
   */
  readonly port?: Configured<number>
  /**
   * Which pages of other origins may call: none, all without credentials (`true`), or those
   * listed.
   * @default false
   */
  readonly cors?: boolean | CorsOrigins
}

/** The origins whose pages may call. */
export interface CorsOrigins {
  /** The origins whose pages may call, `https://example.com`. */
  readonly origins: readonly string[]
  /**
   * Whether those pages may send cookies and HTTP authentication.
   * @default false
   */
  readonly credentials?: boolean
}

/** Accepts WebSocket connections. */
export interface WsTransport {
  /** Calls and streams over WebSocket. */
  readonly type: 'ws'
  /** The name of the HTTP transport whose port it shares. */
  readonly listen: string
  /**
   * The path that clients connect to.
   * @default '/ws'
   */
  readonly path?: string
}

/** A transport of your own. */
export interface CustomTransport {
  /** A transport of your own. */
  readonly type: 'custom'
  /** The module whose default export is the transport, resolved from the config file. */
  readonly module: string
  /** Handed to the transport; values may be environment references. */
  readonly options?: Readonly<Record<string, unknown>>
}

/** Threads, and what they run. */
export interface Workers {
  /** The threads that answer calls. */
  readonly api?: ApiWorkers
  /**
   * Pools of threads that run jobs, by the name that the `pool` of a job uses. The pools `io` and
   * `compute` exist without being named.
   */
  readonly jobs?: Readonly<Record<string, JobPool>>
}

/** The threads that answer calls. */
export interface ApiWorkers {
  /**
   * Threads that run applications, numbered from 0. With `0` they run in the thread of the
   * gateway.
   * @default 0
   */
  readonly threads?: number
}

/** Threads that run jobs. */
export interface JobPool {
  /**
   * Threads that the pool has. With `0` its jobs run in the main thread.
   * @default 1
   */
  readonly threads?: number
  /**
   * Jobs that each thread runs at once.
   * @default 10 for the pool io, 1 for all others
   */
  readonly concurrency?: number
}

/** A job that is added again and again. */
export interface Schedule {
  /** The job to add: app and export name, `shop/reindex`. */
  readonly job: string
  /** When, as a cron expression of five or six fields. */
  readonly cron: string
  /**
   * The IANA time zone that the cron expression is read in.
   * @default 'UTC'
   */
  readonly timezone?: string
  /** What the job receives; plain data that its input schema accepts. */
  readonly input?: unknown
}

/** The store of jobs and events that several machines share. */
export interface Redis {
  /**
   * Where Redis listens, `redis://host:6379`. A reference that is absent when the system starts
   * selects the embedded store.
   */
  readonly url: string | EnvReference<string | undefined>
}

/** What clients may ask of the system. All limits are on by default. */
export interface Limits {
  /**
   * Largest request body. In bytes.
   * @default 1048576
   */
  readonly bodySize?: Configured<number>
  /**
   * Largest total of the headers of a request. In bytes.
   * @default 16384
   */
  readonly headerSize?: Configured<number>
  /**
   * Longest wait for the headers of a request. In milliseconds.
   * @default 10000
   */
  readonly headersTimeout?: Configured<number>
  /**
   * Longest wait for a whole request, body included. In milliseconds.
   * @default 30000
   */
  readonly requestTimeout?: Configured<number>
  /**
   * How long an idle connection is kept open. In milliseconds.
   * @default 5000
   */
  readonly keepAliveTimeout?: Configured<number>
  /**
   * Most connections at a time; more are closed on arrival.
   * @default 10000
   */
  readonly connections?: Configured<number>
  /**
   * Deepest nesting of lists and objects in an input.
   * @default 64
   */
  readonly decodeDepth?: Configured<number>
  /**
   * Largest message of a WebSocket client. In bytes.
   * @default 1048576
   */
  readonly frameSize?: Configured<number>
  /**
   * Most bytes that wait for a WebSocket client before it is closed; streams pause at a quarter.
   * In bytes.
   * @default 4194304
   */
  readonly queuedBytes?: Configured<number>
  /**
   * How often a silent client is probed, and how long it may take to answer. In milliseconds.
   * @default 30000
   */
  readonly pingInterval?: Configured<number>
  /**
   * Longest time for a call whose procedure does not set its own. In milliseconds.
   * @default 30000
   */
  readonly callTimeout?: Configured<number>
  /**
   * Calls that may run at once for one client of one app.
   * @default 100
   */
  readonly callsPerSession?: Configured<number>
}

/** What is logged. */
export interface Logging {
  /**
   * The least important level that is logged.
   * @default 'info'
   */
  readonly level?: Configured<'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent'>
}

/** How the system stops. */
export interface Shutdown {
  /**
   * Time from the signal to stop until what still runs is cut off. In milliseconds.
   * @default 10000
   */
  readonly timeout?: Configured<number>
}

/** How `neemata build` bundles. */
export interface Build {
  /**
   * The folder that a build replaces with its bundles, resolved from the folder of the config
   * file.
   * @default 'dist'
   */
  readonly outDir?: string
  /**
   * Packages that are copied beside the bundle instead of bundled: those with native code, or
   * that read files of their own.
   * @default []
   */
  readonly external?: readonly string[]
}
