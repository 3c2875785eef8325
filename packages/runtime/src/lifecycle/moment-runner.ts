import type { Logger } from '../declare/logger.ts'
import { settleWithin } from '../time/settle-within.ts'
import { type AppHook, type AppHooks, describeHook } from './app-hooks.ts'
import type { Hooks } from './hooks.ts'
import { counterparts, type Phase } from './moments.ts'
import { hookFailure, runHook } from './run-hook.ts'

/** How long one hook may take while the process starts, in ms. */
export const startHookTimeout = 30_000

/** How long one hook may take while the process stops, in ms. */
export const stopHookTimeout = 5_000

export interface MomentRunnerOptions {
  /** Those of the process; around the applications': first on the way up, last on the way down. */
  readonly hooks?: Hooks | undefined
  readonly logger: Logger
  /** Moments that were passed before; default: none. */
  readonly reached?: readonly Phase[] | undefined
}

/**
 * Takes applications through the moments of their life. On the way up apps come in their order, each
 * with its plugins first, and the first failure ends it. On the way down everything is the other way
 * round, a failure is logged, and a moment is passed only if what it undoes was reached.
 */
export class MomentRunner {
  readonly #hooks: Hooks | undefined
  readonly #logger: Logger
  readonly #reached: Set<Phase>

  constructor(options: MomentRunnerOptions) {
    this.#hooks = options.hooks
    this.#logger = options.logger
    this.#reached = new Set(options.reached)
  }

  /**
   * Passes a moment of the way up.
   * @throws NeemataError NM7403 that names app, plugin and hook, or what a hook of the process threw
   */
  async rise(moment: Phase, apps: readonly AppHooks[]): Promise<void> {
    this.#reached.add(moment)
    await this.#hooks?.run(moment)
    for (const { hook, app } of hooksOf(moment, apps)) {
      try {
        const { container } = app
        await runHook(hook, { container, payload: payloadOf(hook), timeout: startHookTimeout })
      } catch (error) {
        throw hookFailure(describeHook(hook), error)
      }
    }
  }

  /** Passes a moment of the way down; each hook has `timeout` ms, or less if it is cut by the default. */
  async fall(moment: Phase, apps: readonly AppHooks[], timeout = stopHookTimeout): Promise<void> {
    const counterpart = counterparts[moment]
    if (counterpart && !this.#reached.has(counterpart)) return
    const limit = Math.min(timeout, stopHookTimeout)
    for (const { hook, app } of hooksOf(moment, apps).reverse()) {
      try {
        const { container } = app
        await runHook(hook, { container, payload: payloadOf(hook), timeout: limit })
      } catch (err) {
        const { app, plugin } = hook
        this.#logger.error({ err, phase: moment, app, plugin }, 'a hook of the shutdown failed')
      }
    }
    await this.#runOwn(moment, limit)
  }

  async #runOwn(moment: Phase, timeout: number): Promise<void> {
    if (!this.#hooks) return
    try {
      if (await settleWithin(this.#hooks.run(moment), timeout)) return
      this.#logger.error(
        { phase: moment, timeout },
        'a hook of the shutdown takes too long, going on without it',
      )
    } catch (err) {
      this.#logger.error({ err, phase: moment }, 'a hook of the shutdown failed')
    }
  }
}

function hooksOf(
  moment: Phase,
  apps: readonly AppHooks[],
): { readonly hook: AppHook; readonly app: AppHooks }[] {
  return apps.flatMap((app) => app.of(moment).map((hook) => ({ hook, app })))
}

function payloadOf({ app }: AppHook): object {
  return { app }
}
