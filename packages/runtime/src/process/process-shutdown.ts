import { inspect } from 'node:util'

import type { Logger } from '../declare/logger.ts'
import type { Runtime } from '../runtime.ts'

/** How long all values may take to be released after the calls were cut off, in ms. */
const releaseTime = 10_000

const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const

type Signal = keyof typeof exitCodes

export interface ShutdownTarget {
  readonly runtime: Runtime
  readonly logger: Logger
  /** Milliseconds until running calls are cut off. */
  readonly timeout: number
}

/**
 * Decides how the process ends. *Running* until a signal or a fatal error; then *stopping*, while the
 * runtime drains, which a second signal or the deadline cuts short. Always ends in `process.exit`, so
 * that nothing that users' code left open keeps the process alive.
 */
export class ProcessShutdown {
  #target: ShutdownTarget | undefined
  #isStopping = false

  constructor() {
    process.on('SIGTERM', () => this.#onSignal('SIGTERM'))
    process.on('SIGINT', () => this.#onSignal('SIGINT'))
    // Unhandled rejections arrive here too.
    process.on('uncaughtException', (error, origin) => this.#onFatal(error, origin))
  }

  get isStopping(): boolean {
    return this.#isStopping
  }

  /** From now on there is something to drain. */
  attach(target: ShutdownTarget): void {
    this.#target = target
  }

  /** Ends the process with 1, because a part of it is gone for good. */
  fail(error: Error): void {
    this.#onFatal(error, 'workers')
  }

  #onSignal(signal: Signal): void {
    if (this.#isStopping) process.exit(exitCodes[signal])
    this.#target?.logger.info({ signal }, 'stopping')
    void this.#stop(0)
  }

  #onFatal(err: unknown, origin: string): void {
    if (this.#target) this.#target.logger.fatal({ err, origin }, 'fatal error')
    else process.stderr.write(`${inspect(err)}\n`)
    if (!this.#isStopping) void this.#stop(1)
  }

  async #stop(exitCode: number): Promise<never> {
    this.#isStopping = true
    if (!this.#target) process.exit(exitCode)
    const { runtime, logger, timeout } = this.#target
    const deadline = timeout + releaseTime
    setTimeout(() => {
      logger.fatal({ deadline }, 'the shutdown took too long and was cut off')
      process.exit(1)
    }, deadline)
    await runtime.stop({ timeout })
    logger.info('stopped')
    process.exit(exitCode)
  }
}
