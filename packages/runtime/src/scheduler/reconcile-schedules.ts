import { isDeepStrictEqual } from 'node:util'

import { ApiError } from '@neemata/application'

import type { ScheduleConfig } from '../config.ts'
import type { Logger } from '../declare/logger.ts'
import { NeemataError } from '../errors/neemata-error.ts'
import type { JobCatalogue } from '../jobs/job-catalogue.ts'
import { encodeJobData } from '../jobs/job-data.ts'
import type { JobStore, NewSchedule, StoredSchedule, StoreQueue } from '../stores/store.ts'
import { ownSchedule, scheduleName } from './schedule-id.ts'

export interface ReconcileOptions {
  readonly store: JobStore
  readonly jobs: JobCatalogue
  /** By name, as the config has them. */
  readonly schedules: Readonly<Record<string, ScheduleConfig>>
  readonly logger: Logger
}

/**
 * Makes the store's schedules those of the config: adds, changes and removes what differs, and touches
 * nothing else: jobs that wait or are due stay. Any number of processes may do so at once; one after
 * the other they look, and all but the first find it done.
 * @throws NeemataError NM7604 for an unknown job, NM7607 for an input that its schema refuses
 */
export async function reconcileSchedules(options: ReconcileOptions): Promise<void> {
  const { store, jobs, schedules, logger } = options
  const wanted = new Map<string, Map<string, NewSchedule>>()
  for (const [name, schedule] of Object.entries(schedules)) {
    const ofJob = wanted.get(schedule.job) ?? new Map<string, NewSchedule>()
    wanted.set(schedule.job, ofJob.set(name, await createSchedule(name, jobs, schedule)))
  }
  await store.exclusive(() =>
    Promise.all(
      jobs.entries().map(async ({ name }) => {
        const changes = await reconcileQueue(store.queue(name), wanted.get(name) ?? new Map())
        for (const [verb, schedule] of changes)
          logger.info({ schedule, job: name }, `schedule ${verb}`)
      }),
    ),
  )
}

async function createSchedule(
  name: string,
  jobs: JobCatalogue,
  { job: jobName, cron, timezone, input }: ScheduleConfig,
): Promise<NewSchedule> {
  const { job, validateInput } = await jobs.load(jobName)
  try {
    await validateInput?.(input)
  } catch (cause) {
    const issues = cause instanceof ApiError ? ` ${JSON.stringify(cause.data)}` : ''
    const message = `The job ${jobName} refuses the input of the schedule "${name}".${issues}`
    throw new NeemataError('NM7607', message, { cause })
  }
  const { attempts, backoff } = job
  return { cron, timezone, input: encodeJobData(input), attempts, backoff }
}

type Change = readonly [verb: 'added' | 'changed' | 'removed', name: string]

async function reconcileQueue(
  queue: StoreQueue,
  wanted: ReadonlyMap<string, NewSchedule>,
): Promise<readonly Change[]> {
  const changes: Change[] = []
  const stored = new Map<string, StoredSchedule>()
  for (const schedule of await queue.listSchedules()) {
    const name = scheduleName(schedule.id)
    if (name !== undefined) stored.set(name, schedule)
  }
  for (const [name, schedule] of wanted) {
    const known = stored.get(name)
    if (known && isSame(known, schedule)) continue
    await queue.setSchedule(ownSchedule(name), schedule)
    changes.push([known ? 'changed' : 'added', name])
  }
  for (const name of stored.keys()) {
    if (wanted.has(name)) continue
    await queue.removeSchedule(ownSchedule(name))
    changes.push(['removed', name])
  }
  return changes
}

function isSame(stored: StoredSchedule, wanted: NewSchedule): boolean {
  const pick = ({ cron, timezone, input, attempts, backoff }: NewSchedule) => ({
    cron,
    timezone,
    input,
    attempts,
    backoff: backoff && { type: backoff.type, delay: backoff.delay },
  })
  return isDeepStrictEqual(pick(stored), pick(wanted))
}
