import type {
  CallOutcome,
  Connection,
  Health,
  RouteTable,
  Session,
  WireError,
} from '@neemata/gateway'

import type { AppCallRequest, AppHost } from '../host/app-host.ts'
import type { CarriedIdentity } from '../pipeline/session.ts'
import type { HostClient } from './host-client.ts'
import { unavailable } from './thread.ts'

/** A slot as calls see it. */
export interface SlotView {
  /** Its thread's applications; `undefined` while it has no thread that answers. */
  readonly client: HostClient | undefined
}

export interface WorkerHostOptions {
  readonly routes: RouteTable
  /** The slots of each app. */
  readonly slots: ReadonlyMap<string, readonly SlotView[]>
}

/**
 * The port to applications that run in slots. A session goes to the app's slot with the fewest calls in
 * flight on its first call, and stays there; if that slot dies, its next call binds it anew.
 */
export class WorkerHost implements AppHost {
  readonly #options: WorkerHostOptions

  constructor(options: WorkerHostOptions) {
    this.#options = options
  }

  routes(): RouteTable {
    return this.#options.routes
  }

  /** Ready while each app has a slot that answers. */
  health(): Health {
    const apps = [...this.#options.slots.values()]
    return { live: true, ready: apps.every((slots) => slots.some(({ client }) => client)) }
  }

  open(connection: Connection, app: string, carried?: CarriedIdentity): Session {
    return new SlotSession(connection, app, carried)
  }

  call(session: Session, request: AppCallRequest): Promise<CallOutcome> {
    if (!(session instanceof SlotSession)) throw new TypeError('the session is of another host')
    if (!session.isOpen) return Promise.resolve({ type: 'error', error: closedError })
    const binding = this.#bind(session)
    if (!binding) return Promise.resolve({ type: 'error', error: unavailable })
    return binding.client.call(binding.session, request)
  }

  cancel(session: Session, call: number, reason?: WireError): void {
    const binding = session instanceof SlotSession ? session.binding : undefined
    binding?.client.cancel(binding.session, call, reason)
  }

  close(session: Session): void {
    if (!(session instanceof SlotSession) || !session.isOpen) return
    session.isOpen = false
    const { binding } = session
    binding?.client.close(binding.session)
  }

  #bind(session: SlotSession): Binding | undefined {
    if (session.binding?.client.isConnected) return session.binding
    const client = this.#leastLoaded(session.app)
    session.binding = client && {
      client,
      session: client.open(session.connection, session.app, session.carried),
    }
    return session.binding
  }

  #leastLoaded(app: string): HostClient | undefined {
    let best: HostClient | undefined
    for (const { client } of this.#options.slots.get(app) ?? []) {
      if (client && (!best || client.callCount < best.callCount)) best = client
    }
    return best
  }
}

interface Binding {
  readonly client: HostClient
  readonly session: Session
}

class SlotSession implements Session {
  readonly connection: Connection
  readonly app: string
  readonly carried: CarriedIdentity | undefined
  isOpen = true
  binding: Binding | undefined

  constructor(connection: Connection, app: string, carried: CarriedIdentity | undefined) {
    this.connection = connection
    this.app = app
    this.carried = carried
  }
}

const closedError: WireError = { code: 'cancelled', message: 'The connection was closed.' }
