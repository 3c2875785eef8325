import { ApiError } from '@neemata/application'

const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const

/**
 * Aborts a signal on the first SIGINT or SIGTERM, and leaves at once on the second. Keeps the process
 * alive until it is released, so that a command that waits for nothing but time is not cut short.
 */
export function abortOnSignals(): { readonly signal: AbortSignal; readonly release: () => void } {
  const controller = new AbortController()
  const listeners = Object.entries(exitCodes).map(([name, exitCode]) => {
    const listener = (): void => {
      if (controller.signal.aborted) process.exit(exitCode)
      controller.abort(new ApiError('cancelled', `The command was ended by ${name}.`))
    }
    process.on(name, listener)
    return { name, listener }
  })
  const alive = setInterval(() => undefined, 60_000)
  return {
    signal: controller.signal,
    release() {
      clearInterval(alive)
      for (const { name, listener } of listeners) process.off(name, listener)
    },
  }
}
