import { type IQueueBackend, Queue } from 'bullmq'
import { randomUUID } from 'node:crypto'

import type {
  NewSchedule,
  StoredJob,
  StoredJobOptions,
  StoredSchedule,
  StoreQueue,
} from '../store.ts'
import { type Connected, connected, prefix, type StoreBackend } from './backend.ts'
import {
  type BullJob,
  describeJob,
  type JobRecord,
  type JobResult,
  scheduledIds,
  toJobOptions,
  toStoredId,
} from './job-record.ts'
import { JobWatch } from './job-watch.ts'

type JobsQueue = Queue<
  JobRecord,
  JobResult,
  string,
  JobRecord,
  JobResult,
  string,
  IQueueBackend,
  Connected
>

/** One job's queue, from the side of those who add and follow. */
export class BullQueue implements StoreQueue {
  readonly #name: string
  readonly #backend: StoreBackend
  readonly #queue: JobsQueue
  #watch: JobWatch | undefined

  constructor(name: string, backend: StoreBackend) {
    this.#name = name
    this.#backend = backend
    this.#queue = new Queue(name, { connection: connected, prefix }, backend.create)
    // Its commands reject by themselves; without a listener an error would end the process.
    this.#queue.on('error', () => undefined)
  }

  async add(input: string, options: StoredJobOptions): Promise<string> {
    const id = options.id ?? randomUUID()
    await this.#queue.add(
      this.#name,
      { input },
      { ...toJobOptions(options), jobId: toStoredId(id), delay: options.delay ?? 0 },
    )
    return id
  }

  async get(id: string): Promise<StoredJob | undefined> {
    return (await this.#find(id))?.described
  }

  async waitForEnd(id: string, signal: AbortSignal | undefined): Promise<StoredJob | undefined> {
    this.#watch ??= new JobWatch(this.#name, this.#backend)
    const watch = this.#watch.follow(toStoredId(id))
    try {
      for (;;) {
        signal?.throwIfAborted()
        const job = await this.get(id)
        if (!job || hasEnded(job)) return job
        await watch.change(signal)
      }
    } finally {
      watch.end()
    }
  }

  async cancel(id: string): Promise<boolean> {
    const found = await this.#find(id)
    if (!found) return false
    const { job } = found
    const { status } = found.described
    if (status === 'cancelled') return true
    if (status === 'completed' || status === 'failed') return false
    await job.updateData({ ...job.data, cancelled: true })
    await this.#backend.signals.publish(JSON.stringify({ queue: this.#name, id: job.id }))
    // So that a worker files it soon; it may have begun, or ended, in the meantime.
    if (status === 'delayed') await job.promote().catch(() => undefined)
    return (await job.getState()) !== 'completed'
  }

  async listSchedules(): Promise<readonly StoredSchedule[]> {
    const schedulers = await this.#queue.getJobSchedulers(0, -1, true)
    return schedulers.map(({ key, pattern, tz, next, template }) => ({
      id: key,
      cron: pattern ?? '',
      timezone: tz ?? 'UTC',
      input: template?.data?.input ?? '',
      attempts: template?.opts?.attempts ?? 1,
      backoff: readBackoff(template?.opts?.backoff),
      next,
    }))
  }

  async setSchedule(id: string, { cron, timezone, input, ...retry }: NewSchedule): Promise<void> {
    // To change one, BullMQ would take its job back though it waits for a worker.
    await this.removeSchedule(id)
    await this.#queue.upsertJobScheduler(
      id,
      { pattern: cron, tz: timezone },
      { name: this.#name, data: { input }, opts: toJobOptions(retry) },
    )
  }

  async removeSchedule(id: string): Promise<void> {
    await this.#releaseDueJob(id)
    await this.#queue.removeJobScheduler(id)
  }

  async close(): Promise<void> {
    await this.#watch?.close()
    await this.#queue.close()
  }

  /** A job that is due counts as planned until a worker looks, and would go with its schedule. */
  async #releaseDueJob(schedule: string): Promise<void> {
    const next = (await this.#queue.getJobScheduler(schedule))?.next
    if (next === undefined || next > Date.now()) return
    const job = await this.#queue.getJob(`${scheduledIds}${schedule}:${next}`)
    // A worker may have been quicker.
    await job?.promote().catch(() => undefined)
  }

  async #find(id: string): Promise<{ job: BullJob; described: StoredJob } | undefined> {
    const stored = toStoredId(id)
    const state = await this.#queue.getJobState(stored)
    const job = (await this.#queue.getJob(stored)) as unknown as BullJob | undefined
    if (!job || state === 'unknown') return undefined
    return { job, described: describeJob(job, state) }
  }
}

function hasEnded({ status }: StoredJob): boolean {
  return status === 'completed' || status === 'failed' || status === 'cancelled'
}

function readBackoff(value: unknown): StoredSchedule['backoff'] {
  if (typeof value !== 'object' || value === null || !('type' in value) || !('delay' in value)) {
    return undefined
  }
  const { type, delay } = value
  if ((type !== 'fixed' && type !== 'exponential') || typeof delay !== 'number') return undefined
  return { type, delay }
}
