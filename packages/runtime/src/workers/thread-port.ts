import type { AppHost } from '../host/app-host.ts'
import type { Logger } from '../declare/logger.ts'
import type { RouteTable } from '@neemata/gateway'
import type { ThreadData } from './thread-place.ts'

/** A worker thread's door to the main thread, as the runtime in the thread sees it. */
export interface ThreadPort extends ThreadData {
  /** Reaches the applications of the other threads. */
  connect(routes: RouteTable): AppHost
  /** Answers the main thread's calls from now on. */
  serve(host: AppHost, logger: Logger): void
}
