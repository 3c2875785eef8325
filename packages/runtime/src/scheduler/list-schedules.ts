import type { ScheduleConfig } from '../config.ts'
import type { JobStore } from '../stores/store.ts'
import { ownSchedule } from './schedule-id.ts'

/** A schedule of the config as the store has it. */
export interface ScheduleInfo {
  readonly name: string
  /** `shop/reindex`. */
  readonly job: string
  readonly cron: string
  readonly timezone: string
  /** `undefined` while no scheduler has put it into the store. */
  readonly next: Date | undefined
}

/** The schedules of the config, with the time of their next job. */
export async function listSchedules(
  store: JobStore,
  schedules: Readonly<Record<string, ScheduleConfig>>,
): Promise<readonly ScheduleInfo[]> {
  return Promise.all(
    Object.entries(schedules).map(async ([name, { job, cron, timezone }]) => {
      const stored = await store.queue(job).listSchedules()
      const next = stored.find(({ id }) => id === ownSchedule(name))?.next
      return { name, job, cron, timezone, next: next === undefined ? undefined : new Date(next) }
    }),
  )
}
