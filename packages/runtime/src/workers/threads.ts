import type { RouteTable } from '@neemata/gateway'

import type { Logger } from '../declare/logger.ts'
import type { NeemataError } from '../errors/neemata-error.ts'
import type { AppHost } from '../host/app-host.ts'
import type { AddressedStore } from '../stores/store.ts'
import { defaultRestartPolicy, type RestartPolicy } from './restart-policy.ts'
import { type SlotView, WorkerHost } from './worker-host.ts'
import { SupervisedThread } from './supervised-thread.ts'
import { Thread } from './thread.ts'
import type { ThreadPlace } from './thread-place.ts'

export interface ThreadsOptions {
  /** The entry of worker threads. */
  readonly entry: URL
  /** By app, the numbers of its slots. */
  readonly slots: ReadonlyMap<string, readonly number[]>
  /** By pool, how many threads. */
  readonly pools: ReadonlyMap<string, number>
  /** The apps of slots. */
  readonly routes: RouteTable
  readonly logger: Logger
  /** An address of the jobs for one thread; absent in a system without jobs. */
  readonly createStoreAddress: (() => AddressedStore) | undefined
  /** The channel of the process's events. */
  readonly events: string
  /** Called when a thread died too often. */
  readonly onGiveUp: (error: NeemataError) => void
  readonly policy?: RestartPolicy | undefined
}

/** The worker threads of a process, each supervised by itself. */
export class Threads {
  /** The port to the applications in slots. */
  readonly host: WorkerHost
  readonly #slots = new Map<number, SupervisedThread>()
  readonly #pools: SupervisedThread[] = []
  readonly #options: ThreadsOptions
  #callable: AppHost | undefined

  constructor(options: ThreadsOptions) {
    this.#options = options
    for (const slot of new Set([...options.slots.values()].flat())) {
      this.#slots.set(slot, this.#supervise({ kind: 'slot', slot }))
    }
    for (const [pool, count] of options.pools) {
      for (let index = 0; index < count; index++) {
        this.#pools.push(this.#supervise({ kind: 'pool', pool, index }))
      }
    }
    this.host = new WorkerHost({ routes: options.routes, slots: this.#viewSlots() })
  }

  /**
   * Starts all at once, and waits for all, so that none is left behind when one fails.
   * @param callable what the threads' applications can call
   * @throws what the first thread failed with
   */
  async start(callable: AppHost): Promise<void> {
    this.#callable = callable
    const results = await Promise.allSettled(this.#all().map((thread) => thread.start()))
    const failed = results.find((result) => result.status === 'rejected')
    if (!failed) return
    await this.stop(0)
    throw failed.reason
  }

  /** Runs the hooks of all threads that still serve. */
  async leave(timeout: number): Promise<void> {
    await Promise.all(this.#all().map((thread) => thread.leave(timeout)))
  }

  /** Stops the threads of pools: they fetch no more jobs at once, while calls may still run. */
  async stopPools(timeout: number): Promise<void> {
    await Promise.all(this.#pools.map((thread) => thread.stop(timeout)))
  }

  /** Stops all threads. */
  async stop(timeout: number): Promise<void> {
    await Promise.all(this.#all().map((thread) => thread.stop(timeout)))
  }

  #all(): SupervisedThread[] {
    return [...this.#slots.values(), ...this.#pools]
  }

  #viewSlots(): Map<string, readonly SlotView[]> {
    const view = (slot: number): SlotView => {
      const thread = this.#slots.get(slot)
      return {
        get client() {
          return thread?.live?.client
        },
      }
    }
    return new Map([...this.#options.slots].map(([app, slots]) => [app, slots.map(view)]))
  }

  #supervise(place: ThreadPlace): SupervisedThread {
    const { entry, logger, routes, createStoreAddress, events, onGiveUp, policy } = this.#options
    return new SupervisedThread({
      place,
      logger,
      onGiveUp,
      policy: policy ?? defaultRestartPolicy,
      create: () => {
        if (!this.#callable) throw new Error('the threads were not started')
        const store = createStoreAddress?.()
        return new Thread({ place, entry, logger, routes, store, events, host: this.#callable })
      },
    })
  }
}
