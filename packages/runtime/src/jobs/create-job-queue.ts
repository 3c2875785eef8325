import { ApiError } from '@neemata/application'

import type { AddJobOptions, JobQueue, WaitOptions } from '../declare/job-queue.ts'
import type { JobStore, StoredJob } from '../stores/store.ts'
import type { JobCatalogue } from './job-catalogue.ts'
import { decodeJobData, encodeJobData } from './job-data.ts'

export interface JobQueueOptions {
  readonly jobs: JobCatalogue
  /** Rejects with NeemataError NM7606 where there is no store. */
  readonly store: () => Promise<JobStore>
}

/** Makes what `inject.jobs` gives. */
export function createJobQueue({ jobs, store }: JobQueueOptions): JobQueue {
  const queueOf = async (name: string) => {
    const entry = jobs.find(name)
    return (await store()).queue(entry.name)
  }

  const add = async (name: string, input?: unknown, options: AddJobOptions = {}) => {
    checkOptions(options)
    const { job, validateInput } = await jobs.load(name)
    await validateInput?.(input)
    // What the caller sent is stored, not what the schema made of it: it is parsed again when run.
    const queue = await queueOf(name)
    return queue.add(encodeJobData(input), {
      ...options,
      attempts: job.attempts,
      backoff: job.backoff,
    })
  }

  const get = async (name: string, id: string) => {
    const queue = await queueOf(name)
    const stored = await queue.get(id)
    if (!stored) return undefined
    const { output, ...state } = stored
    return {
      ...state,
      name,
      ...(output !== undefined && { output: decodeJobData(output) }),
    }
  }

  const wait = async (name: string, id: string, { signal, timeout }: WaitOptions = {}) => {
    const limit = new AbortController()
    const signals = signal ? AbortSignal.any([signal, limit.signal]) : limit.signal
    const timer =
      timeout === undefined ? undefined : setTimeout(() => limit.abort(timeoutError()), timeout)
    try {
      const queue = await queueOf(name)
      return readOutcome(name, id, await queue.waitForEnd(id, signals))
    } catch (error) {
      if (signal?.aborted && error === signal.reason && !(error instanceof ApiError)) {
        throw new ApiError('cancelled', 'The wait was cancelled.')
      }
      throw error
    } finally {
      clearTimeout(timer)
    }
  }

  return Object.freeze({
    add,
    get,
    wait,
    cancel: async (name: string, id: string) => (await queueOf(name)).cancel(id),
  }) as JobQueue
}

function readOutcome(name: string, id: string, stored: StoredJob | undefined): unknown {
  switch (stored?.status) {
    case 'completed':
      return stored.output === undefined ? undefined : decodeJobData(stored.output)
    case 'cancelled':
      throw new ApiError('cancelled', `The job ${name} ${id} was cancelled.`)
    case undefined:
      throw new ApiError('not_found', `There is no job ${name} ${id}.`)
    default:
      throw new ApiError('internal_error', `The job ${name} ${id} failed.`)
  }
}

function checkOptions({ delay = 0, id }: AddJobOptions): void {
  if (!(Number.isFinite(delay) && delay >= 0)) {
    throw new ApiError('bad_request', 'The delay of a job must be 0 or more milliseconds.')
  }
  if (id !== undefined && (id === '' || id.startsWith('repeat:'))) {
    throw new ApiError('bad_request', 'The id of a job may not be empty or begin with "repeat:".')
  }
}

function timeoutError(): ApiError {
  return new ApiError('timeout', 'The job has not ended in time; it is not affected by that.')
}
