import { ApiError, type MaybePromise } from '@neemata/application'
import type { Connection, Session as HostSession } from '@neemata/gateway'

import type { AppContext } from '../apps/app-context.ts'
import type { Container } from '../container/container.ts'
import type { SessionFrame } from '../container/frame.ts'
import type { AppHost } from '../host/app-host.ts'
import { SessionHooks } from '../lifecycle/session-hooks.ts'
import { isThenable } from '../time/is-thenable.ts'
import type { Call } from './call.ts'
import { copyIdentity } from './copy-identity.ts'

/** An identity that came with a call from another application; it wins over the session's own. */
export interface CarriedIdentity {
  readonly value: unknown
}

export interface SessionOptions {
  readonly connection: Connection
  readonly context: AppContext
  readonly carried?: CarriedIdentity | undefined
  /** Told when the app was replaced and the session is closed for that. */
  readonly onRetired?: (() => void) | undefined
}

/**
 * An app's side of one connection; cheap until a call asks for something that lives as long as the
 * connection. It is *open* until `close`, which aborts its calls; once the last of their handlers has
 * returned, its values are released and it is *closed*.
 */
export class Session implements HostSession, SessionFrame {
  readonly connection: Connection
  readonly context: AppContext
  readonly #carried: CarriedIdentity | undefined
  /** `undefined` where nobody wants to know of sessions. */
  readonly #hooks: SessionHooks | undefined
  /** Calls whose handlers have not returned, also when their callers have their answer. */
  readonly #calls = new Set<Call>()
  #container: Container | undefined = undefined
  #identity: MaybePromise<unknown> = undefined
  #identityIsKnown = false
  #toApps: Map<AppContext, Session> | undefined = undefined
  #elsewhere: Map<string, HostSession> | undefined = undefined
  #closing: Promise<void> | undefined = undefined
  #becameIdle: (() => void) | undefined = undefined
  #onIdle: (() => void) | undefined = undefined
  readonly #onRetired: (() => void) | undefined

  constructor(options: SessionOptions) {
    this.connection = options.connection
    this.context = options.context
    this.#carried = options.carried
    const { hooks, logger } = options.context
    this.#hooks = hooks.watchesSessions ? new SessionHooks(hooks, this, logger) : undefined
    this.#onRetired = options.onRetired
  }

  get app(): string {
    return this.context.name
  }

  get isOpen(): boolean {
    return this.#closing === undefined
  }

  /** Whether nothing has to be waited for or released when it closes. */
  get isIdle(): boolean {
    if (this.#hooks?.began) return false
    return this.#calls.size === 0 && !this.#container && !this.#toApps && !this.#elsewhere
  }

  /** How many handlers have not returned yet. */
  get callCount(): number {
    return this.#calls.size
  }

  get container(): Container {
    this.#container ??= this.context.container.forkSession(this)
    return this.#container
  }

  /** Runs the `connect` hooks before the first call; `undefined` where there are none to wait for. */
  connect(): Promise<void> | undefined {
    return this.#hooks?.connect()
  }

  /** Takes note of a call that begins. */
  enter(call: Call): void {
    this.#calls.add(call)
    this.context.sessions.add(this)
  }

  /** Takes note of a call whose handler has returned. */
  leave(call: Call): void {
    this.#calls.delete(call)
    if (this.#calls.size > 0) return
    this.#becameIdle?.()
    this.#onIdle?.()
  }

  /** Ends one of the host's calls, with `cancelled` if no reason is given; an unknown id is ignored. */
  cancel(
    requestId: number,
    reason: ApiError = new ApiError('cancelled', 'The call was cancelled.'),
  ): void {
    for (const call of this.#calls) if (call.requestId === requestId) call.abort(reason)
  }

  /**
   * Who the caller is. Resolved once, before the first call that needs it; a failure fails the calls
   * that asked and is not kept, so that it can never pass for an answer.
   */
  identity(): MaybePromise<unknown> {
    if (this.#carried) return this.#carried.value
    if (this.#identityIsKnown) return this.#identity
    const { identity } = this.context
    if (!identity) return undefined
    const value = this.container.get(identity)
    if (!isThenable(value)) return this.#keepIdentity(value)
    // The container makes one promise for all who ask while it is being resolved.
    return Promise.resolve(value).then((resolved) => this.#keepIdentity(resolved))
  }

  /**
   * The session in which this one's calls reach another application; made on the first of them. It
   * carries a copy of this session's identity, if any application on the way declares one.
   */
  async toApp(context: AppContext): Promise<Session> {
    const known = this.#toApps?.get(context)
    if (known) return known
    const carried = await this.#carryIdentity()
    if (!this.isOpen) throw closedError()
    this.#toApps ??= new Map()
    const onRetired = (): void => void this.#toApps?.delete(context)
    const session =
      this.#toApps.get(context) ??
      new Session({ connection: this.connection, context, carried, onRetired })
    this.#toApps.set(context, session)
    return session
  }

  /** Like `toApp`, for an application of another thread, which the host of other threads reaches. */
  async toElsewhere(app: string, host: AppHost): Promise<HostSession> {
    const known = this.#elsewhere?.get(app)
    if (known) return known
    const carried = await this.#carryIdentity()
    if (!this.isOpen) throw closedError()
    this.#elsewhere ??= new Map()
    const session = this.#elsewhere.get(app) ?? host.open(this.connection, app, carried)
    this.#elsewhere.set(app, session)
    return session
  }

  /** Aborts the session's calls; resolves when their handlers have returned and all is released. */
  close(reason?: ApiError): Promise<void> {
    // Every HTTP request closes an idle session: an error, with its stack, is made only to be used.
    this.#closing ??= this.isIdle ? this.#closeIdle() : this.#close(reason ?? closedError())
    return this.#closing
  }

  /**
   * Lets the running calls end, then closes the session, because its app was replaced; once `deadline`
   * resolves, those that still run are ended with `unavailable`.
   */
  async retire(deadline: Promise<unknown>): Promise<void> {
    if (this.#calls.size > 0) {
      await Promise.race([new Promise<void>((resolve) => (this.#onIdle = resolve)), deadline])
    }
    await this.close(replacedError())
    this.#onRetired?.()
  }

  /** Releases the session's values without waiting for handlers that do not return. */
  async dispose(): Promise<void> {
    await Promise.all([...(this.#toApps?.values() ?? [])].map((session) => session.dispose()))
    await this.#hooks?.disconnect()
    await this.#container?.dispose()
  }

  #closeIdle(): Promise<void> {
    this.context.sessions.delete(this)
    return nothingToDo
  }

  async #close(reason: ApiError): Promise<void> {
    // `#closing` is only set once this function has returned its promise, and aborting runs handlers.
    await Promise.resolve()
    for (const call of this.#calls) call.abort(reason)
    for (const session of this.#elsewhere?.values() ?? []) {
      this.context.services.elsewhere?.close(session)
    }
    await Promise.all([...(this.#toApps?.values() ?? [])].map((session) => session.close()))
    if (this.#calls.size > 0) await new Promise<void>((resolve) => (this.#becameIdle = resolve))
    await this.#hooks?.disconnect()
    await this.#container?.dispose()
    this.context.sessions.delete(this)
  }

  async #carryIdentity(): Promise<CarriedIdentity | undefined> {
    if (!this.#carried && !this.context.identity) return undefined
    return { value: copyIdentity(await this.identity(), this.app) }
  }

  #keepIdentity(value: unknown): unknown {
    copyIdentity(value, this.app)
    this.#identity = value
    this.#identityIsKnown = true
    return value
  }
}

const nothingToDo = Promise.resolve()

function closedError(): ApiError {
  return new ApiError('cancelled', 'The connection was closed.')
}

function replacedError(): ApiError {
  return new ApiError('unavailable', 'The application was replaced before the call had ended.')
}
