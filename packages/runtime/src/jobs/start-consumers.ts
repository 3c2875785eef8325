import type { AppContext } from '../apps/app-context.ts'
import type { Logger } from '../declare/logger.ts'
import type { JobStore, StoredAttempt } from '../stores/store.ts'
import { settleWithin } from '../time/settle-within.ts'
import { bindJob } from './bind-job.ts'
import type { JobCatalogue } from './job-catalogue.ts'
import { runAttempt } from './run-attempt.ts'

export interface ConsumersOptions {
  readonly store: JobStore
  readonly jobs: JobCatalogue
  /** The applications of this thread; looked up for each attempt, since they may be replaced. */
  readonly apps: ReadonlyMap<string, AppContext>
  readonly pool: string
  /** Jobs of the pool that this thread runs at once. */
  readonly concurrency: number
  readonly logger: Logger
}

/** What runs the jobs of one pool in this thread. */
export interface Consumers {
  /**
   * Fetches no more, gives what runs `timeout` ms to end, then aborts its signals and gives it the
   * grace period; what still runs then is given back to the store, for another process or a restart.
   */
  stop(timeout: number): Promise<void>
}

/** How long handlers may take, in ms, once their signals are aborted. */
const gracePeriod = 1_000

/**
 * Loads the jobs of a pool and begins to run them in this thread.
 * @throws NeemataError if a job can't be loaded or lacks a dependency
 */
export async function startConsumers(options: ConsumersOptions): Promise<Consumers> {
  const { store, jobs, apps, pool, concurrency } = options
  const logger = options.logger.child({ pool })
  const entries = jobs.entries().filter((entry) => entry.pool === pool && apps.has(entry.app))
  await Promise.all(
    entries.map(async (entry) => {
      const app = apps.get(entry.app)
      if (app) await bindJob(app, entry)
    }),
  )
  const consumer = store.consume({
    jobs: entries.map(({ name }) => name),
    concurrency,
    run: (attempt) => run(attempt, options, logger),
    onError: (err) => logger.error({ err }, 'the jobs store failed; trying again'),
  })
  await consumer.ready
  return {
    async stop(timeout) {
      await consumer.pause()
      if (!(await settleWithin(consumer.idle(), Math.max(0, timeout - gracePeriod)))) {
        consumer.abort(new Error('The process stops.'))
        await settleWithin(consumer.idle(), Math.min(gracePeriod, timeout))
      }
      await consumer.close()
    },
  }
}

async function run(
  attempt: StoredAttempt,
  { jobs, apps }: ConsumersOptions,
  logger: Logger,
): Promise<string> {
  const { job, id } = attempt
  const fields = { job, id, attempt: attempt.attempt }
  try {
    const entry = jobs.find(job)
    const app = apps.get(entry.app)
    if (!app) throw new Error(`The app "${entry.app}" does not run here any more.`)
    return await runAttempt(app, await bindJob(app, entry), attempt)
  } catch (err) {
    const left = attempt.attempts - attempt.attempt
    if (attempt.signal.aborted) logger.info({ ...fields, err }, 'job cut off')
    else if (left > 0) logger.warn({ ...fields, left, err }, 'job failed, to be tried again')
    else logger.error({ ...fields, err }, 'job failed')
    throw err
  }
}
