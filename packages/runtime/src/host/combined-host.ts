import type {
  AppRoutes,
  CallOutcome,
  Connection,
  Health,
  RouteTable,
  Session,
  WireError,
} from '@neemata/gateway'

import type { CarriedIdentity } from '../pipeline/session.ts'
import type { AppCallRequest, AppHost } from './app-host.ts'

export interface CombinedHostOptions {
  /** Applications of this thread. */
  readonly local: AppHost
  readonly health: () => Health
}

/** The port to all applications of a process, wherever they run. */
export class CombinedHost implements AppHost {
  readonly #options: CombinedHostOptions
  /** Sessions know no host, so the one that opened each is remembered. */
  readonly #placed = new WeakSet<Session>()
  #threads: AppHost | undefined
  #localRoutes: RouteTable | undefined
  #threadRoutes: RouteTable | undefined
  #routes: RouteTable = new Map()

  constructor(options: CombinedHostOptions) {
    this.#options = options
  }

  /** Adds the applications of other threads. */
  attach(threads: AppHost): void {
    this.#threads = threads
  }

  /** A new table only if one of the two hosts has a new one. */
  routes(): RouteTable {
    const localRoutes = this.#options.local.routes()
    const threadRoutes = this.#threads?.routes()
    if (!threadRoutes) return localRoutes
    if (localRoutes !== this.#localRoutes || threadRoutes !== this.#threadRoutes) {
      this.#localRoutes = localRoutes
      this.#threadRoutes = threadRoutes
      this.#routes = new Map<string, AppRoutes>([...threadRoutes, ...localRoutes])
    }
    return this.#routes
  }

  health(): Health {
    return this.#options.health()
  }

  open(connection: Connection, app: string, carried?: CarriedIdentity): Session {
    const { local } = this.#options
    if (!this.#threads?.routes().has(app) || local.routes().has(app)) {
      return local.open(connection, app, carried)
    }
    const session = this.#threads.open(connection, app, carried)
    this.#placed.add(session)
    return session
  }

  call(session: Session, request: AppCallRequest): Promise<CallOutcome> {
    return this.#hostOf(session).call(session, request)
  }

  cancel(session: Session, call: number, reason?: WireError): void {
    this.#hostOf(session).cancel(session, call, reason)
  }

  close(session: Session): void {
    this.#hostOf(session).close(session)
  }

  #hostOf(session: Session): AppHost {
    return this.#threads && this.#placed.has(session) ? this.#threads : this.#options.local
  }
}
