import { ApiError } from '@neemata/application'
import type {
  CallOutcome,
  Connection,
  Health,
  RouteTable,
  Session as HostSession,
  WireError,
} from '@neemata/gateway'

import type { AppContext } from '../apps/app-context.ts'
import type { AppConfig } from '../config.ts'
import { runCall } from '../pipeline/run-call.ts'
import type { CarriedIdentity } from '../pipeline/session.ts'
import { settleWithin } from '../time/settle-within.ts'
import type { AppCallRequest, AppHost } from './app-host.ts'
import { AppSession } from './app-session.ts'
import { createRouteTable } from './create-route-table.ts'

export interface LocalHostOptions {
  /** The apps that can be called; `refresh` must be told of a change. */
  readonly apps: ReadonlyMap<string, AppContext>
  readonly config: Readonly<Record<string, AppConfig>>
  readonly health: () => Health
}

/** The port to applications that run in this thread. */
export class LocalHost implements AppHost {
  readonly #options: LocalHostOptions
  readonly #closing = new Map<AppSession, Promise<void>>()
  #routes: RouteTable = new Map()

  constructor(options: LocalHostOptions) {
    this.#options = options
  }

  /** Publishes the apps that there are now. */
  refresh(): void {
    this.#routes = createRouteTable(this.#options.apps, this.#options.config)
  }

  routes(): RouteTable {
    return this.#routes
  }

  health(): Health {
    return this.#options.health()
  }

  open(connection: Connection, app: string, carried?: CarriedIdentity): HostSession {
    return new AppSession({ connection, app, carried })
  }

  call(session: HostSession, request: AppCallRequest): Promise<CallOutcome> {
    const { procedure, input, id: requestId, callers, timeout } = request
    const context = this.#options.apps.get(session.app)
    if (!context || !(session instanceof AppSession)) {
      return refuse({ code: 'not_found', message: `There is no app "${session.app}".` })
    }
    if (!session.isOpen) return refuse({ code: 'cancelled', message: 'The connection was closed.' })
    const { plans, services } = context
    // The limit is the client's; applications call each other as often as they like.
    if (!callers && session.callCount >= services.callsPerSession) {
      return refuse({
        code: 'too_many_requests',
        message: 'Too many calls run on this connection.',
      })
    }
    const plan = plans.get(procedure)
    if (plan) {
      return runCall({ session: session.in(context), plan, input, requestId, callers, timeout })
    }
    return refuse({
      code: 'not_found',
      message: `There is no procedure "${session.app}/${procedure}".`,
    })
  }

  cancel(session: HostSession, call: number, reason?: WireError): void {
    if (!(session instanceof AppSession)) return
    session.cancel(call, reason && new ApiError(reason.code, reason.message))
  }

  close(session: HostSession): void {
    if (!(session instanceof AppSession) || !session.isOpen) return
    const { isIdle } = session
    const closed = session.close()
    if (isIdle) return
    this.#closing.set(session, closed)
    void closed.then(() => this.#closing.delete(session))
  }

  /**
   * Waits, at most `timeout` ms, until the handlers of closed sessions have returned; then releases
   * what those hold whose handlers still run.
   */
  async stop(timeout: number): Promise<void> {
    if (this.#closing.size === 0) return
    await settleWithin(Promise.all(this.#closing.values()), timeout)
    await Promise.all([...this.#closing.keys()].map((session) => session.dispose()))
  }
}

function refuse(error: WireError): Promise<CallOutcome> {
  return Promise.resolve({ type: 'error', error })
}
