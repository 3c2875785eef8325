import type { AppModel, Model } from './model.ts'

/** The model of a system: keys in code-unit order at every level, and frozen. */
export function createModel(parts: Omit<Model, 'version'>): Model {
  const { apps, schedules, workers } = parts
  return freeze({
    version: 1,
    apps: sortRecord(apps, sortApp),
    schedules: sortRecord(schedules, (schedule) => ({ ...schedule })),
    workers: {
      api: { threads: workers.api.threads },
      jobs: sortRecord(workers.jobs, ({ threads, concurrency }) => ({ threads, concurrency })),
    },
  })
}

/** Names and paths are data; the rest of the keys keep the order of the types. */
function sortApp(app: AppModel): AppModel {
  const same = <T>(value: T): T => value
  return {
    ...app,
    procedures: sortRecord(app.procedures, same),
    jobs: sortRecord(app.jobs, same),
    commands: sortRecord(app.commands, same),
  }
}

function sortRecord<T, U>(
  record: Readonly<Record<string, T>>,
  map: (value: T) => U,
): Readonly<Record<string, U>> {
  const entries = Object.entries(record).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return Object.fromEntries(entries.map(([key, value]) => [key, map(value)]))
}

function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  for (const member of Object.values(value)) freeze(member)
  return Object.freeze(value)
}
