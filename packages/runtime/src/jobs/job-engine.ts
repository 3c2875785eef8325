import type { AppContext } from '../apps/app-context.ts'
import type { RuntimeConfig } from '../config.ts'
import type { JobQueue } from '../declare/job-queue.ts'
import type { Logger } from '../declare/logger.ts'
import { NeemataError } from '../errors/neemata-error.ts'
import type { Registry } from '../registry.ts'
import { reconcileSchedules } from '../scheduler/reconcile-schedules.ts'
import { connectStore } from '../stores/connect-store.ts'
import { openStore } from '../stores/open-store.ts'
import type { AddressedStore, JobStore, Store, StoreAddress } from '../stores/store.ts'
import { createJobQueue } from './create-job-queue.ts'
import { JobCatalogue } from './job-catalogue.ts'
import { type Consumers, startConsumers } from './start-consumers.ts'

export interface JobEngineOptions {
  readonly registry: Registry
  readonly config: RuntimeConfig
  /** The applications of this thread. */
  readonly apps: ReadonlyMap<string, AppContext>
  readonly logger: Logger
  /** Where the embedded store lies, or `memory://`. Default: `.neemata/jobs` in the working directory. */
  readonly directory?: string | undefined
}

/**
 * Everything about jobs in one thread: the store that it opened or is connected to, the consumers of
 * its pools, the scheduler.
 */
export class JobEngine {
  /** What `inject.jobs` gives. Its first use opens the store, if `open` did not, until `close`. */
  readonly queue: JobQueue
  readonly #options: JobEngineOptions
  readonly #jobs: JobCatalogue
  #store: Store | undefined
  #connection: Promise<JobStore> | undefined
  #isClosed = false
  #consumers: readonly Consumers[] = []

  constructor(options: JobEngineOptions) {
    this.#options = options
    this.#jobs = new JobCatalogue(options.registry)
    this.queue = createJobQueue({ jobs: this.#jobs, store: () => this.#reach() })
  }

  /** Takes note that apps were exchanged: the schemas of their jobs may be others. */
  refresh(): void {
    this.#jobs.forget()
  }

  /**
   * Opens the store, or connects to the one of the main thread.
   * @throws NeemataError NM7601 to NM7603
   */
  async open(address?: StoreAddress): Promise<void> {
    this.#connection ??= address ? connectStore(address) : this.#openOwn()
    await this.#connection
  }

  /** Makes an address for one worker thread; `undefined` where this thread opened no store. */
  get addresses(): (() => AddressedStore) | undefined {
    const store = this.#store
    return store && (() => store.createAddress())
  }

  /** Begins to run the jobs of some pools in this thread. */
  async startConsumers(pools: readonly string[]): Promise<void> {
    if (pools.length === 0) return
    const { config, apps, logger } = this.#options
    const store = await this.#reach()
    const results = await Promise.allSettled(
      pools.map((pool) => {
        const concurrency = config.workers.jobs[pool]?.concurrency ?? 1
        return startConsumers({ store, jobs: this.#jobs, apps, pool, concurrency, logger })
      }),
    )
    this.#consumers = results.flatMap((result) =>
      result.status === 'fulfilled' ? [result.value] : [],
    )
    for (const result of results) if (result.status === 'rejected') throw result.reason
  }

  /** Brings the schedules of the config into the store; the workers do the rest. */
  async startScheduler(): Promise<void> {
    const { config, logger } = this.#options
    const store = await this.#reach()
    await reconcileSchedules({ store, jobs: this.#jobs, schedules: config.scheduler, logger })
  }

  /** Ends the consumers; what still runs after `timeout` ms is given back. */
  async stopConsumers(timeout: number): Promise<void> {
    const consumers = this.#consumers
    this.#consumers = []
    await Promise.all(consumers.map((consumer) => consumer.stop(timeout)))
  }

  /** Closes the connection, and the store if it was opened here. */
  async close(): Promise<void> {
    this.#isClosed = true
    const connection = await this.#connection?.catch(() => undefined)
    await (this.#store ?? connection)?.close()
  }

  #reach(): Promise<JobStore> {
    if (this.#isClosed) {
      return Promise.reject(new NeemataError('NM7606', 'There is no jobs store here.'))
    }
    this.#connection ??= this.#openOwn()
    return this.#connection
  }

  async #openOwn(): Promise<JobStore> {
    const { config, logger, directory } = this.#options
    this.#store = await openStore({ redis: config.redis, logger, directory })
    return this.#store.jobs
  }
}
