import type { AppContext } from '../apps/app-context.ts'
import type { Logger } from '../declare/logger.ts'
import type { AppHost } from '../host/app-host.ts'
import type { TimerWheel } from '../time/timer-wheel.ts'
import type { Call } from './call.ts'

/** `development` lets clients see the messages of unexpected errors; `production` never does. */
export type Mode = 'development' | 'production'

/** What every call needs of the process that it runs in. */
export interface CallServices {
  readonly mode: Mode
  readonly logger: Logger
  readonly wheel: TimerWheel
  /** Milliseconds that a call may take when its procedure doesn't say. */
  readonly callTimeout: number
  /** Calls that may run at once for one session. */
  readonly callsPerSession: number
  /** The applications that can be called now. */
  readonly apps: ReadonlyMap<string, AppContext>
  /** Reaches the applications of other threads; absent where all run in this one. */
  readonly elsewhere?: AppHost | undefined
  /** Makes the other applications callable on behalf of a call. */
  readonly createAppsClient: (call: Call) => unknown
}
