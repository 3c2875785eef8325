import { ApiError } from './api-error.ts'

/** What may end a call early: its caller's signals or its time. `dispose` when it is over. */
export interface CallDeadline {
  readonly signal: AbortSignal
  /** The answer has begun: from now on only the signals count. */
  stopTimer(): void
  dispose(): void
}

export interface CallDeadlineOptions {
  readonly signals: readonly AbortSignal[]
  /** Milliseconds; 0 or `Infinity`: none. */
  readonly timeout: number
}

/** Joins signals and a timeout into one signal whose reason is what the call rejects with. */
export function createDeadline({ signals, timeout }: CallDeadlineOptions): CallDeadline {
  const controller = new AbortController()
  const abort = ({ target }: Event): void => controller.abort((target as AbortSignal).reason)
  const aborted = signals.find((signal) => signal.aborted)
  if (aborted !== undefined) controller.abort(aborted.reason)
  for (const signal of signals) signal.addEventListener('abort', abort, { once: true })
  // Timers take no longer delay than this, and fire at once if given one.
  const bounded = timeout > 0 && timeout <= 2_147_483_647
  const timer = bounded
    ? setTimeout(() => controller.abort(createTimeout(timeout)), timeout)
    : undefined
  return {
    signal: controller.signal,
    stopTimer: () => clearTimeout(timer),
    dispose() {
      clearTimeout(timer)
      for (const signal of signals) signal.removeEventListener('abort', abort)
    },
  }
}

function createTimeout(timeout: number): ApiError {
  return new ApiError({ code: 'timeout', message: `The call took longer than ${timeout} ms.` })
}
