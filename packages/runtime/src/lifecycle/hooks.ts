import type { MaybePromise } from '@neemata/application'

import type { Phase } from './moments.ts'

export type HookHandler = () => MaybePromise<void>

/** Lets the code that runs the runtime take part in the life of the process, around all applications. */
export class Hooks {
  readonly #handlers = new Map<Phase, Set<HookHandler>>()

  /** Runs a handler whenever the phase is reached, after those added before; returns how to stop that. */
  on(phase: Phase, handler: HookHandler): () => void {
    const handlers = this.#handlers.get(phase) ?? new Set()
    this.#handlers.set(phase, handlers.add(handler))
    return () => void handlers.delete(handler)
  }

  /** Runs the handlers of a phase one after the other; rejects with the first failure. */
  async run(phase: Phase): Promise<void> {
    for (const handler of this.#handlers.get(phase) ?? []) await handler()
  }
}
