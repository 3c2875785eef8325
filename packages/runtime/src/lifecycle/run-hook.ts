import { NeemataError } from '../errors/neemata-error.ts'
import type { Container } from '../container/container.ts'
import { settleWithin } from '../time/settle-within.ts'
import type { AppHook } from './app-hooks.ts'

export interface HookRun {
  /** Gives the values that the hook depends on. */
  readonly container: Container | undefined
  readonly payload: object
  /** Milliseconds. */
  readonly timeout: number
}

/** Runs one hook to its end; rejects with what it threw, or with an Error once it takes too long. */
export async function runHook(hook: AppHook, run: HookRun): Promise<void> {
  const running = callHook(hook, run)
  if (await settleWithin(running, run.timeout)) return
  // What it does later, nobody waits for.
  running.catch(() => undefined)
  throw new HookTimeout(run.timeout)
}

/** A hook that did not return in its time. */
export class HookTimeout extends Error {
  constructor(timeout: number) {
    super(`it takes longer than ${timeout} ms`)
    this.name = 'HookTimeout'
  }
}

async function callHook(hook: AppHook, { container, payload }: HookRun): Promise<void> {
  const context = hook.dependencies.length > 0 ? await container?.resolve(hook.dependencies) : {}
  await hook.handler(context, payload)
}

/** Names the app, the plugin and the moment of a hook that failed on the way up. */
export function hookFailure(description: string, cause: unknown): NeemataError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new NeemataError('NM7403', `The start-up failed at ${description}: ${reason}`, { cause })
}
