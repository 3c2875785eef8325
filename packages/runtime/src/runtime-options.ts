import type { Provision } from '@neemata/application'

import type { Logger } from './declare/logger.ts'
import type { NeemataError } from './errors/neemata-error.ts'
import type { Mode } from './pipeline/call-services.ts'
import type { Role } from './process/role.ts'
import type { RestartPolicy } from './workers/restart-policy.ts'
import type { ThreadPort } from './workers/thread-port.ts'

export interface RuntimeOptions {
  /**
   * `development` shows clients the messages of unexpected errors. Default: `production`, which shows
   * them an id only.
   */
  readonly mode?: Mode
  /** Default: JSON lines on standard output, at the configured level. */
  readonly logger?: Logger
  /**
   * Which part of the system runs here; `command`: all applications, but nothing that others could
   * reach and no jobs. Default: `all`.
   */
  readonly role?: Role | 'command'
  /** What worker threads start from. Default: none; then everything runs in this thread. */
  readonly worker?: WorkerOptions | undefined
  /** The door to the main thread, in a worker thread; it then runs only what that thread is for. */
  readonly thread?: ThreadPort | undefined
  /**
   * Where the embedded jobs store lies, or `memory://` to keep nothing. Default: `.neemata/jobs` in the
   * working directory.
   */
  readonly storeDirectory?: string | undefined
  /** Replaces injectables in all applications, above what those provide themselves; for tests. */
  readonly provide?: readonly Provision[]
}

export interface WorkerOptions {
  /** The module that each worker thread runs; it calls `runWorker`. */
  readonly entry: URL
  /** Default: 8 attempts, the first after 100 ms. */
  readonly restart?: RestartPolicy | undefined
  /** Told when a thread died too often, after which part of the system is gone for good. */
  readonly onGiveUp: (error: NeemataError) => void
}
