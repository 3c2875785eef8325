import { ApiError } from '@neemata/application'

import type { Container } from '../container/container.ts'
import type { Logger } from '../declare/logger.ts'
import { type AppHook, type AppHooks, describeHook } from './app-hooks.ts'
import { stopHookTimeout } from './moment-runner.ts'
import { HookTimeout, runHook } from './run-hook.ts'

/** What the hooks of a session need to know of it. */
export interface WatchedSession {
  readonly connection: { readonly id: string }
  /** Made on first access. */
  readonly container: Container
}

/**
 * Tells the hooks of one session that it begins, and, if they let it begin, that it ended: once each,
 * however often it is asked.
 */
export class SessionHooks {
  readonly #hooks: AppHooks
  readonly #session: WatchedSession
  readonly #logger: Logger
  #beginning: Promise<void> | undefined = undefined
  #ending: Promise<void> | undefined = undefined

  constructor(hooks: AppHooks, session: WatchedSession, logger: Logger) {
    this.#hooks = hooks
    this.#session = session
    this.#logger = logger
  }

  /** Whether it was ever asked to begin. */
  get began(): boolean {
    return this.#beginning !== undefined
  }

  /** Resolves once every `connect` hook has agreed; else rejects, always with the same error. */
  connect(): Promise<void> {
    this.#beginning ??= this.#connect()
    return this.#beginning
  }

  /** Runs the `disconnect` hooks, last first, of a session that began. Never rejects. */
  disconnect(): Promise<void> {
    this.#ending ??= this.#disconnect()
    return this.#ending
  }

  async #connect(): Promise<void> {
    for (const hook of this.#hooks.of('connect')) {
      try {
        await this.#run(hook)
      } catch (error) {
        if (!(error instanceof HookTimeout)) throw error
        throw new ApiError('timeout', `The session could not begin: ${error.message}.`)
      }
    }
  }

  async #disconnect(): Promise<void> {
    const began = await this.#beginning?.then(
      () => true,
      () => false,
    )
    if (!began) return
    for (const hook of this.#hooks.of('disconnect').toReversed()) {
      try {
        await this.#run(hook)
      } catch (err) {
        const { id } = this.#session.connection
        this.#logger.error({ err, connection: id }, `${describeHook(hook)} failed`)
      }
    }
  }

  #run(hook: AppHook): Promise<void> {
    const { connection, container } = this.#session
    const payload = { app: hook.app, connection: connection.id }
    return runHook(hook, { container, payload, timeout: stopHookTimeout })
  }
}
