import { UnrecoverableError, WaitingError } from 'bullmq'

import { type ConsumeOptions, FinalFailure, type StoreConsumer } from '../store.ts'
import type { StoreBackend } from './backend.ts'
import { type BullJob, type JobResult, toPublicId } from './job-record.ts'
import { readCancellation } from './job-watch.ts'
import type { Locks } from './locks.ts'
import { PoolWorker } from './pool-worker.ts'
import { Slots } from './slots.ts'

/** What a cancelled job failed with. */
const cancelledReason = 'cancelled'

interface Running {
  readonly controller: AbortController
  cancelled: boolean
  /** Ends the attempt for BullMQ, whatever its handler does. */
  readonly abandon: (reason: Error) => void
}

/** *fetching* → *paused*, by `pause` → *aborting*, by `abort` → *closed*. */
export class BullConsumer implements StoreConsumer {
  readonly ready: Promise<void>
  readonly #options: ConsumeOptions
  readonly #slots: Slots
  readonly #workers: readonly PoolWorker[]
  readonly #running = new Map<string, Running>()
  readonly #stopListening: Promise<() => void>
  #aborted: Error | undefined
  #becameIdle: (() => void)[] = []

  constructor(options: ConsumeOptions, backend: StoreBackend, locks: Locks | undefined) {
    this.#options = options
    this.#slots = new Slots(options.concurrency)
    this.#workers = options.jobs.map((queue) => {
      const worker = new PoolWorker({
        queue,
        concurrency: options.concurrency,
        create: backend.create,
        slots: this.#slots,
        locks,
        process: (job, token) => this.#process(job, token),
      })
      worker.on('error', options.onError)
      worker.run().catch(options.onError)
      return worker
    })
    this.#stopListening = backend.signals.listen((message) => this.#hear(message))
    this.ready = this.#start()
    // Whoever wants to know awaits it; nobody has to.
    this.ready.catch(() => undefined)
  }

  async pause(): Promise<void> {
    this.#slots.close()
    await Promise.all(this.#workers.map((worker) => worker.pause(true)))
  }

  abort(reason: Error): void {
    this.#aborted = reason
    for (const { controller } of this.#running.values()) controller.abort(reason)
  }

  idle(): Promise<void> {
    if (this.#running.size === 0) return Promise.resolve()
    return new Promise((resolve) => this.#becameIdle.push(resolve))
  }

  async close(): Promise<void> {
    await this.pause()
    this.#aborted ??= new Error('The process stops.')
    for (const { abandon } of this.#running.values()) abandon(this.#aborted)
    const stop = await this.#stopListening
    stop()
    await Promise.all(this.#workers.map((worker) => worker.close()))
  }

  async #start(): Promise<void> {
    await this.#stopListening
    await Promise.all(this.#workers.map((worker) => worker.waitUntilReady()))
  }

  #hear(message: string): void {
    const cancelled = readCancellation(message)
    const running = cancelled && this.#running.get(`${cancelled.queue} ${cancelled.id}`)
    if (!running) return
    running.cancelled = true
    running.controller.abort(cancelledReason)
  }

  async #process(job: BullJob, token: string | undefined): Promise<JobResult> {
    if (job.data.cancelled) throw new UnrecoverableError(cancelledReason)
    const key = `${job.queueName} ${job.id}`
    const controller = new AbortController()
    let abandon: (reason: Error) => void = () => undefined
    const abandoned = new Promise<never>((_, reject) => (abandon = reject))
    const running: Running = { controller, cancelled: false, abandon }
    this.#running.set(key, running)
    try {
      if (this.#aborted) throw this.#aborted
      const output = await Promise.race([abandoned, this.#run(job, controller.signal)])
      return { output }
    } catch (error) {
      if (running.cancelled) throw new UnrecoverableError(cancelledReason)
      if (this.#aborted) {
        await job.moveToWait(token)
        throw new WaitingError()
      }
      if (error instanceof FinalFailure) throw new UnrecoverableError(error.message)
      throw error
    } finally {
      this.#running.delete(key)
      if (this.#running.size === 0) for (const resolve of this.#becameIdle.splice(0)) resolve()
    }
  }

  #run(job: BullJob, signal: AbortSignal): Promise<string> {
    return this.#options.run({
      job: job.queueName,
      id: toPublicId(job.id ?? ''),
      input: job.data.input,
      attempt: job.attemptsMade + 1,
      attempts: job.opts.attempts ?? 1,
      signal,
    })
  }
}
