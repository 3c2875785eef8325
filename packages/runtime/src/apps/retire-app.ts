import { setImmediate } from 'node:timers/promises'

import { MomentRunner } from '../lifecycle/moment-runner.ts'
import { moments } from '../lifecycle/moments.ts'
import type { Session } from '../pipeline/session.ts'
import { settleWithin } from '../time/settle-within.ts'
import type { AppContext } from './app-context.ts'

/** How long handlers that were ended may take to return, in ms, before their values are released. */
const abandonTime = 2_000

export interface RetireOptions {
  readonly context: AppContext
  /** Resolves when calls that still run are cut off. */
  readonly deadline: Promise<unknown>
}

/**
 * Takes leave of an app that was replaced or removed, once nothing new reaches it: lets its calls and
 * streams end, runs its hooks of the shutdown and releases its values. Never rejects.
 */
export async function retireApp({ context, deadline }: RetireOptions): Promise<void> {
  const runner = new MomentRunner({ logger: context.logger, reached: moments })
  const hooks = [context.hooks]
  await runner.fall('stop:before', hooks)
  // A call that was about to begin when the app was replaced has begun by then.
  await setImmediate()
  await closeSessions(context, deadline)
  await runner.fall('stop:after', hooks)
  await runner.fall('dispose:before', hooks)
  await disposeApp(context)
  await runner.fall('dispose:after', hooks)
}

/** Releases an app's values, and of the shared ones those that no other app uses. */
export async function disposeApp({ container, claim }: AppContext): Promise<void> {
  await container.dispose()
  await claim.release()
}

async function closeSessions(
  { sessions, logger }: AppContext,
  deadline: Promise<unknown>,
): Promise<void> {
  const retiring = [...sessions]
  const retired = Promise.all(retiring.map((session) => session.retire(deadline)))
  await Promise.race([retired, deadline])
  if (await settleWithin(retired, abandonTime)) return
  const abandoned = retiring.filter((session: Session) => sessions.has(session))
  logger.error({ sessions: abandoned.length }, 'handlers of a replaced app ignore that they ended')
  await Promise.all(abandoned.map((session) => session.dispose()))
}
