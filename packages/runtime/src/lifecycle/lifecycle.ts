import type { Logger } from '../declare/logger.ts'
import { NeemataError } from '../errors/neemata-error.ts'

/** Something that starts, and how to undo it. */
export interface Step<Value> {
  /** Names the culprit when it fails, `app shop`. */
  readonly name: string
  start(): Value | Promise<Value>
  /** Must bound its own time. */
  stop?(value: Value): void | Promise<void>
}

interface FinishedStep {
  readonly name: string
  readonly milliseconds: number
  readonly stop: (() => void | Promise<void>) | undefined
}

/**
 * Remembers what was started, in which order and how long it took, so that it can be stopped the other
 * way round: at the end, or as soon as one step fails.
 */
export class Lifecycle {
  readonly #logger: Logger
  readonly #finished: FinishedStep[] = []

  constructor(logger: Logger) {
    this.#logger = logger
  }

  /**
   * Starts something.
   * @throws NeemataError the step's own, or NM7401 that names the step and has its error as cause
   */
  async run<Value>(step: Step<Value>): Promise<Value> {
    const begun = performance.now()
    try {
      const value = await step.start()
      const stop = step.stop && (() => step.stop?.(value))
      this.#finished.push({ name: step.name, milliseconds: performance.now() - begun, stop })
      return value
    } catch (error) {
      throw nameCulprit(step.name, error)
    }
  }

  /** Stops what was started, last first. A step that fails to stop is logged and the next one follows. */
  async stop(): Promise<void> {
    for (let step = this.#finished.pop(); step; step = this.#finished.pop()) {
      try {
        await step.stop?.()
      } catch (err) {
        this.#logger.error({ err, step: step.name }, 'a step of the shutdown failed')
      }
    }
  }

  /** What was started, one line per step with its time. */
  render(): string {
    const width = Math.max(0, ...this.#finished.map(({ name }) => name.length))
    return this.#finished
      .map(({ name, milliseconds }) => `${name.padEnd(width)}  ${milliseconds.toFixed(1)} ms`)
      .join('\n')
  }
}

function nameCulprit(step: string, error: unknown): NeemataError {
  if (error instanceof NeemataError) return error
  const { message = String(error), remedy } = Object(error) as Partial<Record<string, unknown>>
  const hint = typeof remedy === 'string' ? remedy : undefined
  // The gateway's errors end with their remedy, which has its own place here.
  const reason = String(message)
    .replace(hint ?? '', '')
    .trim()
  return new NeemataError('NM7401', `The start-up failed at ${step}: ${reason}`, {
    cause: error,
    hint,
  })
}
