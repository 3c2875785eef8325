import type { Job, JobsOptions } from 'bullmq'

import type { RetryOptions, StoredJob } from '../store.ts'

/** What BullMQ keeps of a job. */
export interface JobRecord {
  readonly input: string
  readonly cancelled?: true
}

/** An object, because the two backends do not read a bare string back alike. */
export interface JobResult {
  readonly output: string
}

export type BullJob = Job<JobRecord, JobResult, string>

/** Finished jobs that are kept for each queue; the oldest go first. */
const keptCompleted = 1_000
const keptFailed = 5_000

export function toJobOptions({ attempts, backoff }: RetryOptions): JobsOptions {
  return {
    attempts,
    ...(backoff && { backoff: { type: backoff.type, delay: backoff.delay } }),
    removeOnComplete: { count: keptCompleted },
    removeOnFail: { count: keptFailed },
  }
}

/** `state` must have been read before the job was: what it says is then in the job already. */
export function describeJob(job: BullJob, state: string): StoredJob {
  const running = state === 'active'
  const status = toStatus(state, job.data.cancelled === true)
  return {
    id: toPublicId(job.id ?? ''),
    status,
    attempts: job.attemptsMade + (running ? 1 : 0),
    ...(status === 'completed' && { output: job.returnvalue.output }),
    ...(job.failedReason && status !== 'completed' && { error: job.failedReason }),
  }
}

/** A cancelled job may still wait for a worker to file it; whatever its handler does, it is over. */
function toStatus(state: string, cancelled: boolean): StoredJob['status'] {
  if (state === 'completed') return 'completed'
  if (cancelled) return 'cancelled'
  if (state === 'active') return 'running'
  if (state === 'failed') return 'failed'
  return state === 'delayed' ? 'delayed' : 'waiting'
}

const ownIds = 'j'
/** BullMQ's ids of jobs that a schedule added. */
export const scheduledIds = 'repeat:'

/** BullMQ takes no number and no colon for an id that somebody chose. */
export function toStoredId(id: string): string {
  return id.startsWith(scheduledIds) ? id : ownIds + encodeURIComponent(id)
}

export function toPublicId(stored: string): string {
  return stored.startsWith(ownIds) ? decodeURIComponent(stored.slice(ownIds.length)) : stored
}
