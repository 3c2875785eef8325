import type { JobQueue } from '../declare/job-queue.ts'
import { NeemataError } from '../errors/neemata-error.ts'
import type { JobEngine, JobEngineOptions } from './job-engine.ts'

/** The jobs of one thread. What runs them is only loaded if the registry has any. */
export class Jobs {
  /** What `inject.jobs` gives. */
  readonly queue: JobQueue
  /** Whether the system has jobs at all. */
  readonly isNeeded: boolean
  readonly #options: JobEngineOptions
  #engine: JobEngine | undefined
  #loading: Promise<JobEngine> | undefined

  constructor(options: JobEngineOptions) {
    this.#options = options
    this.isNeeded = Object.values(options.registry.apps).some(
      ({ jobs }) => Object.keys(jobs).length > 0,
    )
    this.queue = this.#createQueue()
  }

  /** `undefined` until it is loaded. */
  get engine(): JobEngine | undefined {
    return this.#engine
  }

  load(): Promise<JobEngine> {
    this.#loading ??= this.#load()
    return this.#loading
  }

  async #load(): Promise<JobEngine> {
    const { JobEngine } = await import('./job-engine.ts')
    this.#engine = new JobEngine(this.#options)
    return this.#engine
  }

  #createQueue(): JobQueue {
    const reach = async (name: string): Promise<JobQueue> => {
      if (this.isNeeded) return (await this.load()).queue
      throw new NeemataError('NM7604', `There is no job "${name}". Known: none.`)
    }
    return Object.freeze<JobQueue>({
      add: async (name, ...rest) => (await reach(name)).add(name, ...rest),
      get: async (name, id) => (await reach(name)).get(name, id),
      wait: async (name, id, options) => (await reach(name)).wait(name, id, options),
      cancel: async (name, id) => (await reach(name)).cancel(name, id),
    })
  }
}
