import { QueueEvents } from 'bullmq'

import { connected, prefix, type StoreBackend } from './backend.ts'

/** The follower of one job; `change` resolves when a second look at it may be worth it. */
export interface Follower {
  change(signal: AbortSignal | undefined): Promise<void>
  end(): void
}

/** How long somebody sleeps at most before he looks by himself, in ms: an event may get lost. */
const longestSleep = 5_000
const firstSleep = 50

/** Tells those who wait for jobs of one queue that something has happened to theirs. */
export class JobWatch {
  readonly #events: QueueEvents
  readonly #backend: StoreBackend
  readonly #wake = new Map<string, Set<() => void>>()
  readonly #stopListening: Promise<() => void>

  constructor(queue: string, backend: StoreBackend) {
    this.#backend = backend
    const events = new QueueEvents(queue, { connection: connected, prefix }, backend.create)
    events.on('error', () => undefined)
    const tell = ({ jobId }: { jobId: string }) => this.#tell(jobId)
    events.on('completed', tell)
    events.on('failed', tell)
    events.on('removed', tell)
    this.#events = events as unknown as QueueEvents
    this.#stopListening = this.#backend.signals.listen((message) => {
      const cancelled = readCancellation(message)
      if (cancelled?.queue === queue) this.#tell(cancelled.id)
    })
  }

  follow(id: string): Follower {
    let happened = false
    let wakeUp: (() => void) | undefined
    let sleep = firstSleep
    const wake = () => {
      happened = true
      wakeUp?.()
    }
    const group = this.#wake.get(id) ?? new Set()
    this.#wake.set(id, group.add(wake))
    return {
      change: (signal) =>
        new Promise((resolve, reject) => {
          const settle = (act: () => void) => () => {
            clearTimeout(timer)
            signal?.removeEventListener('abort', abort)
            wakeUp = undefined
            happened = false
            act()
          }
          const abort = settle(() => reject(signal?.reason as Error))
          const done = settle(resolve)
          const timer = setTimeout(done, sleep)
          sleep = Math.min(longestSleep, sleep * 2)
          signal?.addEventListener('abort', abort, { once: true })
          wakeUp = done
          if (happened) done()
        }),
      end: () => {
        group.delete(wake)
        wakeUp?.()
        if (group.size === 0 && this.#wake.get(id) === group) this.#wake.delete(id)
      },
    }
  }

  async close(): Promise<void> {
    const stop = await this.#stopListening
    stop()
    await this.#events.close()
  }

  #tell(id: string): void {
    for (const wake of this.#wake.get(id) ?? []) wake()
  }
}

/** Reads the message that `cancel` publishes. */
export function readCancellation(message: string): { queue: string; id: string } | undefined {
  try {
    const value: unknown = JSON.parse(message)
    if (typeof value !== 'object' || value === null) return undefined
    const { queue, id } = value as Record<string, unknown>
    return typeof queue === 'string' && typeof id === 'string' ? { queue, id } : undefined
  } catch {
    return undefined
  }
}
