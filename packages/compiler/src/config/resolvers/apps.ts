import { closestMatch } from '../closest-match.ts'
import type { Slots } from '../placement/assign-slots.ts'
import type { ResolvedApp } from '../resolved-config.ts'
import { appSchema } from '../schema/apps.ts'
import { appNameSchema } from '../schema/names.ts'
import { resolveApplication } from './application.ts'
import { resolveModuleGlobs } from './module-globs.ts'
import { resolveNames } from './names.ts'
import type { ResolveContext } from './resolve-context.ts'
import { resolveSlots } from './slots.ts'

export interface AppsRequest {
  /** The names that apps may refer to. */
  readonly transports: readonly string[]
  /** How many API slots there are; `undefined` if that is not known, and nothing is placed. */
  readonly threads: number | undefined
}

/** The apps by name. */
export async function resolveApps(
  context: ResolveContext,
  { transports, threads }: AppsRequest,
): Promise<Readonly<Record<string, ResolvedApp>>> {
  const names = resolveNames(context, 'apps', appNameSchema)
  reportCollisions(context, names)
  const placed = threads === undefined ? undefined : resolveSlots(context, { apps: names, threads })
  const apps: [string, ResolvedApp][] = []
  // One after the other, so that what is reported comes in the order of the config.
  for (const name of names) {
    const slots = placed?.get(name) ?? 'inline'
    const app = await resolveApp(context, { name, transports, slots })
    if (app) apps.push([name, app])
  }
  return Object.fromEntries(apps)
}

async function resolveApp(
  context: ResolveContext,
  request: {
    readonly name: string
    readonly transports: readonly string[]
    readonly slots: Slots
  },
): Promise<ResolvedApp | undefined> {
  const { transports, slots } = request
  const path = ['apps', request.name]
  const app = context.parse(appSchema, path)
  reportUnknownTransports(context, { path: [...path, 'transports'], transports })
  const shorthand = typeof context.value(path) === 'string'
  const application = await resolveApplication(context, shorthand ? path : [...path, 'application'])
  const jobs = await resolveModuleGlobs(context, [...path, 'jobs'])
  const commands = await resolveModuleGlobs(context, [...path, 'commands'])
  if (app === undefined) return undefined
  if (typeof app === 'object' && app.type === 'worker') {
    return { type: 'worker', application, transports: [], jobs, commands, slots }
  }
  if (application === undefined) return undefined
  const named = typeof app === 'string' ? transports : (app.transports ?? transports)
  const sorted = [...new Set(named)].sort()
  return { type: 'api', application, transports: sorted, jobs, commands, slots }
}

// What the schema refused for another reason is looked at too, hence the unchecked values.
function reportUnknownTransports(
  context: ResolveContext,
  options: {
    readonly path: readonly string[]
    readonly transports: readonly string[]
  },
): void {
  const { path, transports } = options
  const named = context.value(path)
  if (!Array.isArray(named)) return
  for (const [index, name] of named.entries()) {
    if (typeof name !== 'string' || transports.includes(name)) continue
    const match = closestMatch(name, transports)
    const list = transports.join(', ')
    context.report('NM1042', {
      path: [...path, index],
      message: `There is no transport '${name}'.`,
      hint: match ? `Did you mean '${match}'?` : list ? `The transports are ${list}.` : undefined,
    })
  }
}

function reportCollisions(context: ResolveContext, names: readonly string[]): void {
  const seen = new Map<string, string>()
  for (const name of names) {
    const other = seen.get(name.toLowerCase())
    if (other === undefined) {
      seen.set(name.toLowerCase(), name)
      continue
    }
    const at = context.loaded.locate(['apps', other], { key: true })
    context.report('NM1032', {
      path: ['apps', name],
      key: true,
      message: `The apps ${other} and ${name} differ only in case.`,
      related: at ? [{ message: `${other} is declared here.`, at }] : [],
    })
  }
}
