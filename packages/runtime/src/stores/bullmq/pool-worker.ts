import { type IQueueBackend, type JobProgress, type Processor, Worker } from 'bullmq'

import { type Connected, connected, type CreateBackend, prefix } from './backend.ts'
import type { BullJob, JobRecord, JobResult } from './job-record.ts'
import { lockDuration, maxStalledCount, stalledInterval } from './lock-times.ts'
import type { Locks } from './locks.ts'
import type { Slots } from './slots.ts'

export interface PoolWorkerOptions {
  readonly queue: string
  readonly concurrency: number
  readonly create: CreateBackend
  /** Shared by all workers of the pool in this thread. */
  readonly slots: Slots
  /** Who extends the locks; `undefined`: this thread itself. */
  readonly locks: Locks | undefined
  readonly process: Processor<JobRecord, JobResult, string>
}

/**
 * Fetches the jobs of one queue, but only as many as the pool has slots for: a slot is taken before a
 * job is fetched, so that no job is locked here while another thread could run it.
 */
export class PoolWorker extends Worker<
  JobRecord,
  JobResult,
  string,
  IQueueBackend,
  JobProgress,
  Connected
> {
  readonly #slots: Slots
  readonly #locks: Locks | undefined
  /** Jobs that were fetched and wait for BullMQ's loop to start them; each has a slot. */
  #unstarted = 0

  constructor({ queue, concurrency, create, slots, locks, process }: PoolWorkerOptions) {
    super(
      queue,
      process,
      {
        connection: connected,
        prefix,
        concurrency,
        lockDuration,
        stalledInterval,
        maxStalledCount,
        skipLockRenewal: locks !== undefined,
        autorun: false,
      },
      create,
    )
    this.#slots = slots
    this.#locks = locks
  }

  // BullMQ's declarations are not strict: its loop takes `undefined` for "no job".
  protected override async moveToActive(token: string, name?: string): Promise<never> {
    const job = await this.#fetch(token, name)
    return job as never
  }

  async #fetch(token: string, name: string | undefined): Promise<BullJob | undefined> {
    // While the loop waits here it starts nothing, so it may only wait when nothing is to be started.
    const taken = this.#slots.tryTake() || (this.#unstarted === 0 && (await this.#slots.take()))
    if (!taken) return undefined
    let job: BullJob | undefined
    try {
      if (!this.paused && !this.closing) {
        job = (await super.moveToActive(token, name)) as BullJob | undefined
      }
    } finally {
      if (job) this.#unstarted++
      else this.#slots.release()
    }
    return job
  }

  override async processJob(job: BullJob, token: string): Promise<void> {
    this.#unstarted--
    const held = { queue: this.name, id: job.id ?? '', token }
    this.#locks?.hold(held)
    try {
      // The next job is fetched by the loop, so that the queues of a pool take turns.
      await super.processJob(job as never, token, () => false)
    } finally {
      this.#locks?.release(held)
      this.#slots.release()
    }
  }
}
