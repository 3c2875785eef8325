import type { Provision } from '@neemata/application'

import type { Logger } from './declare/logger.ts'
import type { Mode } from './pipeline/call-services.ts'

export interface RuntimeOptions {
  /**
   * `development` shows clients the messages of unexpected errors. Default: `production`, which shows
   * them an id only.
   */
  readonly mode?: Mode
  /** Default: JSON lines on standard output, at the configured level. */
  readonly logger?: Logger
  /** Replaces injectables in all applications, above what those provide themselves; for tests. */
  readonly provide?: readonly Provision[]
}
