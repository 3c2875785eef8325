import type { JobInput, JobName, JobOutput } from './register.ts'

/** Where a job is in its life. */
export type JobStatus = 'waiting' | 'delayed' | 'running' | 'completed' | 'failed' | 'cancelled'

export interface JobState {
  readonly id: string
  readonly name: string
  readonly status: JobStatus
  /** How often it was tried so far. */
  readonly attempts: number
  /** What the handler returned, once completed. */
  readonly output?: unknown
  /** Why it failed last. */
  readonly error?: string
}

export interface AddJobOptions {
  /** Milliseconds before it may run. Default: 0. */
  readonly delay?: number
  /** A second job of the same id is not added while the first is known. */
  readonly id?: string
}

export interface WaitOptions {
  /** Stops waiting, not the job. */
  readonly signal?: AbortSignal
  /** Milliseconds to wait at most. Default: no limit. */
  readonly timeout?: number
}

/** `inject.jobs`: adds jobs of any app and follows them. */
export interface JobQueue {
  /**
   * Adds a job and resolves once the store has it, to its id.
   * @throws ApiError `validation_failed` if the job's schema refuses the input
   */
  add<Name extends JobName>(
    name: Name,
    ...rest: undefined extends JobInput<Name>
      ? [input?: JobInput<Name>, options?: AddJobOptions]
      : [input: JobInput<Name>, options?: AddJobOptions]
  ): Promise<string>
  /** `undefined` for an id that the store does not know (any more). */
  get(name: JobName, id: string): Promise<JobState | undefined>
  /**
   * Resolves to the output of a job that completes.
   * @throws ApiError `internal_error` if its last attempt fails, `cancelled`, `timeout`, or `not_found`
   */
  wait<Name extends JobName>(
    name: Name,
    id: string,
    options?: WaitOptions,
  ): Promise<JobOutput<Name>>
  /** Takes a job that has not begun off its queue; aborts the signal of one that runs. `false`: too late. */
  cancel(name: JobName, id: string): Promise<boolean>
}
