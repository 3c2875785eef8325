import type { ApiError } from '@neemata/application'
import type { Connection, Session as HostSession } from '@neemata/gateway'

import type { AppContext } from '../apps/app-context.ts'
import { type CarriedIdentity, Session } from '../pipeline/session.ts'

export interface AppSessionOptions {
  readonly connection: Connection
  readonly app: string
  readonly carried?: CarriedIdentity | undefined
}

/**
 * What the gateway holds of one connection and one app. It outlives the app's code: when the app is
 * replaced, the next call begins in a session of the new one, while calls of the old one run on.
 */
export class AppSession implements HostSession {
  readonly connection: Connection
  readonly app: string
  readonly #carried: CarriedIdentity | undefined
  #current: Session | undefined = undefined
  /** Sessions of replaced code in which calls still run. */
  #older: Set<Session> | undefined = undefined
  #closing: Promise<void> | undefined = undefined

  constructor({ connection, app, carried }: AppSessionOptions) {
    this.connection = connection
    this.app = app
    this.#carried = carried
  }

  get isOpen(): boolean {
    return this.#closing === undefined
  }

  /** Whether nothing has to be waited for or released when it closes. */
  get isIdle(): boolean {
    return this.#current?.isIdle !== false && !this.#older?.size
  }

  /** How many handlers have not returned yet. */
  get callCount(): number {
    let count = this.#current?.callCount ?? 0
    if (this.#older) for (const session of this.#older) count += session.callCount
    return count
  }

  /** The session for a call that begins now. */
  in(context: AppContext): Session {
    const current = this.#current
    if (current?.context === context) return current
    if (current?.isOpen) (this.#older ??= new Set()).add(current)
    const { connection } = this
    const onRetired = (): void => this.#forget(session)
    const session = new Session({ connection, context, carried: this.#carried, onRetired })
    this.#current = session
    return session
  }

  /** Ends one call, with `cancelled` if no reason is given; an unknown id is ignored. */
  cancel(requestId: number, reason?: ApiError): void {
    for (const session of this.#sessions()) session.cancel(requestId, reason)
  }

  /** Aborts all calls; resolves when their handlers have returned and all is released. */
  close(): Promise<void> {
    this.#closing ??= this.#older?.size ? this.#closeAll() : (this.#current?.close() ?? nothingToDo)
    return this.#closing
  }

  /** Releases the values without waiting for handlers that do not return. */
  async dispose(): Promise<void> {
    await Promise.all(this.#sessions().map((session) => session.dispose()))
  }

  async #closeAll(): Promise<void> {
    await Promise.all(this.#sessions().map((session) => session.close()))
  }

  #sessions(): Session[] {
    return [...(this.#current ? [this.#current] : []), ...(this.#older ?? [])]
  }

  #forget(session: Session): void {
    this.#older?.delete(session)
    if (this.#current === session) this.#current = undefined
  }
}

const nothingToDo = Promise.resolve()
