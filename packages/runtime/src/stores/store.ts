import type { MessagePort } from 'node:worker_threads'

import type { AddJobOptions } from '../declare/job-queue.ts'

/**
 * Where the jobs of a system are kept. The process opens one store, in its main thread; every other
 * thread connects to it by an address.
 */
export interface Store {
  readonly kind: 'redis' | 'embedded'
  /** For the thread that opened it. */
  readonly jobs: JobStore
  /**
   * An address for one thread; each call makes another one. Give it to `connectStore` there: put
   * `address` into `workerData`, or a message, and `transfer` into the transfer list.
   */
  createAddress(): AddressedStore
  /** Closes the connection of this thread, then the store; call it when all threads have ended. */
  close(): Promise<void>
}

export interface AddressedStore {
  readonly address: StoreAddress
  readonly transfer: readonly MessagePort[]
}

/** How a thread reaches the store of its process: can be cloned if its ports are transferred. */
export type StoreAddress = RedisAddress | EmbeddedAddress

export interface RedisAddress {
  readonly type: 'redis'
  readonly url: string
  /** Leads to the thread that extends the locks of running jobs. */
  readonly locks: MessagePort
}

export interface EmbeddedAddress {
  readonly type: 'embedded'
  /** Leads to the thread of the database. */
  readonly engine: MessagePort
  readonly locks: MessagePort
}

/** The jobs of one store as one thread sees them. */
export interface JobStore {
  /** The queue of a job, made on first use. `name` is the job's: `shop/reindex`. */
  queue(name: string): StoreQueue
  /** Begins to fetch the jobs of a pool. */
  consume(options: ConsumeOptions): StoreConsumer
  /**
   * Runs something while no other process on this store does so. Keep it short: after 10 s, as after the
   * death of a process, the next one begins.
   */
  exclusive<Result>(run: () => Promise<Result>): Promise<Result>
  /** Ends all waits and connections; consumers must be closed before. */
  close(): Promise<void>
}

export interface StoreQueue {
  /** Resolves to the id once the job is stored. */
  add(input: string, options: StoredJobOptions): Promise<string>
  get(id: string): Promise<StoredJob | undefined>
  /**
   * Resolves when the job has finished, was cancelled, or is not known.
   * @throws the signal's reason
   */
  waitForEnd(id: string, signal: AbortSignal | undefined): Promise<StoredJob | undefined>
  /** Marks a job as cancelled and tells whoever runs it. `false` if it had ended already. */
  cancel(id: string): Promise<boolean>
  /** Every schedule that adds to this queue, whoever made it. */
  listSchedules(): Promise<readonly StoredSchedule[]>
  /** Creates a schedule, or changes the one of that id. Jobs that wait or are due already stay. */
  setSchedule(id: string, schedule: NewSchedule): Promise<void>
  /** Jobs that wait or are due already stay. */
  removeSchedule(id: string): Promise<void>
}

export interface StoredJobOptions extends AddJobOptions, RetryOptions {}

export interface RetryOptions {
  /** How often it is tried in all. */
  readonly attempts: number
  readonly backoff?: { readonly type: 'fixed' | 'exponential'; readonly delay: number } | undefined
}

export interface StoredJob {
  readonly id: string
  readonly status: 'waiting' | 'delayed' | 'running' | 'completed' | 'failed' | 'cancelled'
  readonly attempts: number
  /** What the handler returned, in the encoding of jobs. */
  readonly output?: string
  readonly error?: string
}

export interface NewSchedule extends RetryOptions {
  readonly cron: string
  readonly timezone: string
  readonly input: string
}

export interface StoredSchedule {
  readonly id: string
  readonly cron: string
  readonly timezone: string
  readonly input: string
  readonly attempts: number
  readonly backoff?: RetryOptions['backoff']
  /** Milliseconds since the epoch. */
  readonly next: number | undefined
}

export interface ConsumeOptions {
  /** Names of the jobs to fetch. */
  readonly jobs: readonly string[]
  /** How many run at once, over all of them. */
  readonly concurrency: number
  /**
   * Runs one attempt to its end; a rejection fails it.
   * @returns the output in the encoding of jobs
   */
  readonly run: (attempt: StoredAttempt) => Promise<string>
  /** A failure of the store itself; it goes on by itself. */
  readonly onError: (error: Error) => void
}

export interface StoredAttempt {
  readonly job: string
  readonly id: string
  readonly input: string
  /** Counts from 1. */
  readonly attempt: number
  readonly attempts: number
  /** Aborts when the job is cancelled, with the reason `cancelled`, or the consumer aborts it. */
  readonly signal: AbortSignal
}

export interface StoreConsumer {
  /** Resolves when it fetches. */
  readonly ready: Promise<void>
  /** Fetches no more; what runs goes on. */
  pause(): Promise<void>
  /** Aborts the signals of all that runs; those attempts are given back and begin anew elsewhere. */
  abort(reason: Error): void
  /** Resolves when nothing runs any more. */
  idle(): Promise<void>
  /** Ends it; waits for nothing that still runs. */
  close(): Promise<void>
}

/** A failure that no further attempt will cure. */
export class FinalFailure extends Error {
  override readonly name: string = 'FinalFailure'
}
