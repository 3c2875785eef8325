import { closestMatch } from '../closest-match.ts'
import type { ResolvedApp } from '../resolved-config.ts'
import { appSchema } from '../schema/apps.ts'
import { appNameSchema } from '../schema/names.ts'
import { resolveApplication } from './application.ts'
import { resolveNames } from './names.ts'
import type { ResolveContext } from './resolve-context.ts'

/** The apps by name. `transports` are the names that they may refer to. */
export async function resolveApps(
  context: ResolveContext,
  transports: readonly string[],
): Promise<Readonly<Record<string, ResolvedApp>>> {
  const names = resolveNames(context, 'apps', appNameSchema)
  reportCollisions(context, names)
  const apps: [string, ResolvedApp][] = []
  // One after the other, so that what is reported comes in the order of the config.
  for (const name of names) {
    const app = await resolveApp(context, { name, transports })
    if (app) apps.push([name, app])
  }
  return Object.fromEntries(apps)
}

async function resolveApp(
  context: ResolveContext,
  { name, transports }: { readonly name: string; readonly transports: readonly string[] },
): Promise<ResolvedApp | undefined> {
  const path = ['apps', name]
  const app = context.parse(appSchema, path)
  reportUnknownTransports(context, { path: [...path, 'transports'], transports })
  const file = typeof context.value(path) === 'string' ? path : [...path, 'application']
  const application = await resolveApplication(context, file)
  if (app === undefined || application === undefined) return undefined
  if (typeof app === 'string') return createApp({ application, transports })
  const named = app.type === 'worker' ? [] : (app.transports ?? transports)
  return createApp({ type: app.type, application, transports: named })
}

function createApp(app: {
  readonly type?: 'api' | 'worker' | undefined
  readonly application: string
  readonly transports: readonly string[]
}): ResolvedApp {
  return {
    type: app.type ?? 'api',
    application: app.application,
    transports: [...new Set(app.transports)].sort(),
    slots: 'inline',
  }
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
      hint: match ? `Did you mean '${match}'?` : list && `The transports are ${list}.`,
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
