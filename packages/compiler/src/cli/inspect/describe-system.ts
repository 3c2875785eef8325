import { CronExpressionParser } from 'cron-parser'

import type { AppModel, Model } from '../../model/model.ts'

/** What `neemata inspect` tells, by name at each level. */
export interface SystemDescription {
  readonly apps: Readonly<Record<string, AppDescription>>
  readonly schedules: Readonly<Record<string, ScheduleDescription>>
  /** The apps of each API thread, by its number; empty where apps run in the gateway's thread. */
  readonly slots: readonly (readonly string[])[]
  /** The pools of jobs, with the jobs that they run. */
  readonly pools: Readonly<Record<string, PoolDescription>>
  /** The transports that reach an app, with those apps. */
  readonly transports: Readonly<Record<string, readonly string[]>>
}

export interface AppDescription {
  readonly type: 'api' | 'worker'
  readonly placement: readonly number[] | 'inline'
  readonly transports: readonly string[]
  readonly procedures: readonly string[]
  /** Those of the procedures that answer with a stream. */
  readonly streams: readonly string[]
  readonly jobs: readonly string[]
  readonly commands: readonly string[]
  readonly plugins: readonly string[]
}

export interface ScheduleDescription {
  readonly job: string
  readonly cron: string
  readonly timezone: string
  /** The next runs, ISO 8601 in UTC. */
  readonly next: readonly string[]
}

export interface PoolDescription {
  readonly threads: number
  readonly concurrency: number
  readonly jobs: readonly string[]
}

const shownRuns = 3

/** @param now from when the next runs of schedules are counted */
export function describeSystem(model: Model, now: Date): SystemDescription {
  const apps = Object.entries(model.apps)
  const jobs = apps.flatMap(([app, declared]) =>
    Object.entries(declared.jobs).map(([name, { pool }]) => ({ name: `${app}/${name}`, pool })),
  )
  const transports = [...new Set(apps.flatMap(([, app]) => app.transports))].sort()
  return {
    apps: mapValues(model.apps, describeApp),
    schedules: describeSchedules(model, now),
    slots: Array.from({ length: model.workers.api.threads }, (_, slot) =>
      apps.filter(([, app]) => app.slots !== 'inline' && app.slots.includes(slot)).map(toName),
    ),
    pools: mapValues(model.workers.jobs, ({ threads, concurrency }, pool) => ({
      threads,
      concurrency,
      jobs: jobs.filter((job) => job.pool === pool).map((job) => job.name),
    })),
    transports: Object.fromEntries(
      transports.map((transport) => [
        transport,
        apps.filter(([, app]) => app.transports.includes(transport)).map(toName),
      ]),
    ),
  }
}

/** @param now from when the next runs are counted */
export function describeSchedules(model: Model, now: Date): SystemDescription['schedules'] {
  return mapValues(model.schedules, ({ job, cron, timezone }) => ({
    job,
    cron,
    timezone,
    next: findNextRuns({ cron, timezone, now }),
  }))
}

function describeApp(app: AppModel): AppDescription {
  const procedures = Object.keys(app.procedures)
  return {
    type: app.type,
    placement: app.slots,
    transports: app.transports,
    procedures,
    streams: procedures.filter((name) => app.procedures[name]?.kind === 'stream'),
    jobs: Object.keys(app.jobs),
    commands: Object.keys(app.commands),
    plugins: app.plugins.map(({ name }) => name),
  }
}

/** A schedule may have fewer: `0 0 30 2 *` never comes. */
function findNextRuns(options: { cron: string; timezone: string; now: Date }): string[] {
  const { cron, timezone: tz, now: currentDate } = options
  try {
    const runs = CronExpressionParser.parse(cron, { tz, currentDate }).take(shownRuns)
    return runs.map((run) => run.toDate().toISOString())
  } catch {
    return []
  }
}

function mapValues<Value, Result>(
  record: Readonly<Record<string, Value>>,
  map: (value: Value, key: string) => Result,
): Record<string, Result> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]))
}

function toName([name]: readonly [string, unknown]): string {
  return name
}
