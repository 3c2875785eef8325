import type { AppModel, Model } from './model.ts'

/** The model of some apps: keys in code-unit order at every level, and frozen. */
export function createModel(apps: Readonly<Record<string, AppModel>>): Model {
  return freeze(sortKeys({ version: 1, apps } satisfies Model))
}

/** Names of apps and paths of procedures are data; the rest of the keys keep the order of the types. */
function sortKeys(model: Model): Model {
  const apps = sorted(model.apps).map(([name, app]): [string, AppModel] => [
    name,
    { ...app, procedures: Object.fromEntries(sorted(app.procedures)) },
  ])
  return { version: model.version, apps: Object.fromEntries(apps) }
}

function sorted<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
}

function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  for (const member of Object.values(value)) freeze(member)
  return Object.freeze(value)
}
