import type { Limits } from '@neemata/gateway'

/** The resolved configuration: what `generated/config.ts` satisfies, environment values included. */
export interface RuntimeConfig {
  readonly apps: Readonly<Record<string, AppConfig>>
  /** By name; started in this order. */
  readonly transports: Readonly<Record<string, TransportConfig>>
  readonly limits: RuntimeLimits
  readonly logging: LoggingConfig
  readonly shutdown: ShutdownConfig
  readonly workers: WorkersConfig
  /** By name: jobs that are added again and again. */
  readonly scheduler: Readonly<Record<string, ScheduleConfig>>
  readonly redis: RedisConfig
}

export interface AppConfig {
  /** Names of the transports that may reach the app. */
  readonly transports: readonly string[]
}

export type TransportConfig = HttpTransportConfig | WsTransportConfig

export interface WsTransportConfig {
  readonly type: 'ws'
  /** The HTTP transport whose port it shares. */
  readonly listen: string
  readonly path: string
}

export interface HttpTransportConfig {
  readonly type: 'http'
  readonly host: string
  /** 0 picks a free port. */
  readonly port: number
  /** Which other origins' pages may call. `false`: none; `true`: all, without credentials. */
  readonly cors: boolean | { readonly origins: readonly string[]; readonly credentials: boolean }
}

export interface RuntimeLimits extends Limits {
  /** Milliseconds that a call may take when its procedure doesn't say. */
  readonly callTimeout: number
  /** Calls that may run at once for one session. */
  readonly callsPerSession: number
}

export interface LoggingConfig {
  readonly level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent'
}

export interface ShutdownConfig {
  /** Milliseconds from the signal until what still runs is cut off. */
  readonly timeout: number
}

export interface WorkersConfig {
  /** API slots; 0 runs applications in the gateway's thread. */
  readonly api: { readonly threads: number }
  /** Pools by name; each job names one. */
  readonly jobs: Readonly<Record<string, PoolConfig>>
}

export interface PoolConfig {
  /** 0 runs the pool's jobs in the main thread. */
  readonly threads: number
  /** Jobs that each thread runs at once. */
  readonly concurrency: number
}

export interface ScheduleConfig {
  /** `shop/reindex`. */
  readonly job: string
  readonly cron: string
  /** IANA name. */
  readonly timezone: string
  readonly input?: unknown
}

export interface RedisConfig {
  /** Absent: the embedded store. */
  readonly url?: string | undefined
}
