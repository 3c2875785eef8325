import { ApiError } from './api-error.ts'
import type { ClientCallOptions } from './client-options.ts'

/** What may end a call early: its caller's signal or its time. `dispose` when it is over. */
export interface CallDeadline {
  readonly signal: AbortSignal
  dispose(): void
}

/** Joins a caller's signal and a timeout in ms into one signal whose reason is what the call rejects with. */
export function createDeadline({ signal, timeout }: ClientCallOptions): CallDeadline {
  const controller = new AbortController()
  const abort = (): void => controller.abort(signal?.reason)
  if (signal?.aborted === true) abort()
  else signal?.addEventListener('abort', abort, { once: true })
  // Timers take no longer delay than this, and fire at once if given one.
  const bounded = timeout !== undefined && timeout > 0 && timeout <= 2_147_483_647
  const timer = bounded
    ? setTimeout(() => controller.abort(createTimeout(timeout)), timeout)
    : undefined
  return {
    signal: controller.signal,
    dispose() {
      clearTimeout(timer)
      signal?.removeEventListener('abort', abort)
    },
  }
}

function createTimeout(timeout: number): ApiError {
  return new ApiError({ code: 'timeout', message: `The call took longer than ${timeout} ms.` })
}
