import type { CallOptions } from '@neemata/application'

import { NeemataError } from '../errors/neemata-error.ts'
import type { Call } from '../pipeline/call.ts'
import type { CallServices } from '../pipeline/call-services.ts'
import { callApp } from './call-app.ts'
import { enterApp } from './enter-app.ts'
import { enterElsewhere } from './enter-elsewhere.ts'
import { streamApp } from './stream-app.ts'

/**
 * What `inject.apps` gives to a call: `apps.places.get(input, options)`.
 * @throws NeemataError NM7103 on reading an app, NM7104 on reading a route, that does not exist
 */
export function createAppsClient(call: Call): object {
  const { services } = call.session.context
  return new Proxy(Object.create(null) as object, {
    get(_, name) {
      if (typeof name === 'symbol' || probes.has(name)) return undefined
      const app = findApp(services, name)
      if (!app) throw unknownApp(name, services)
      return createRoute(call, { app, path: '' })
    },
    has: (_, name) => typeof name === 'string' && findApp(services, name) !== undefined,
  })
}

/** An application as its callers know it, in this thread or in another. */
interface CallableApp {
  readonly name: string
  readonly procedures: ReadonlyMap<string, { readonly kind: 'call' | 'stream' }>
}

function findApp({ apps, elsewhere }: CallServices, name: string): CallableApp | undefined {
  const procedures = apps.get(name)?.plans ?? elsewhere?.routes().get(name)?.procedures
  return procedures && { name, procedures }
}

interface Route {
  readonly app: CallableApp
  /** Path inside the app, empty for its root. */
  readonly path: string
}

function createRoute(call: Call, route: Route): () => unknown {
  return new Proxy((): unknown => undefined, {
    get(_, segment) {
      if (typeof segment === 'symbol') return undefined
      const path = route.path === '' ? segment : `${route.path}/${segment}`
      if (leadsSomewhere(route.app, path)) return createRoute(call, { ...route, path })
      if (probes.has(segment)) return undefined
      throw unknownProcedure(route.app, path)
    },
    apply(_, __, [input, options]: [unknown?, CallOptions?]) {
      return callRoute(call, route, { input, options })
    },
  })
}

interface Arguments {
  readonly input: unknown
  readonly options: CallOptions | undefined
}

function callRoute(call: Call, { app, path }: Route, values: Arguments): unknown {
  const { apps, elsewhere } = call.session.context.services
  const name = `${app.name}/${path}`
  // Whoever kept a reference to the app still calls what is there now.
  const context = apps.get(app.name)
  if (context) {
    const plan = context.plans.get(path)
    if (!plan) throw unknownProcedure({ name: app.name, procedures: context.plans }, path)
    const enter = () => enterApp(call, { context, plan, ...values })
    return plan.kind === 'stream' ? streamApp(name, enter) : callApp(name, enter)
  }
  const procedure = app.procedures.get(path)
  if (!procedure || !elsewhere) throw unknownProcedure(app, path)
  const target = { host: elsewhere, app: app.name, procedure: path, ...values }
  const enter = () => enterElsewhere(call, target)
  return procedure.kind === 'stream' ? streamApp(name, enter) : callApp(name, enter)
}

/** What the language and its tools read of any object; asking is no mistake. */
const probes: ReadonlySet<string> = new Set(['then', 'toJSON'])

function leadsSomewhere({ procedures }: CallableApp, path: string): boolean {
  if (procedures.has(path)) return true
  const prefix = `${path}/`
  for (const known of procedures.keys()) if (known.startsWith(prefix)) return true
  return false
}

function unknownApp(name: string, { apps, elsewhere }: CallServices): NeemataError {
  const names = new Set([...apps.keys(), ...(elsewhere?.routes().keys() ?? [])])
  return new NeemataError(
    'NM7103',
    `There is no app "${name}". There are: ${[...names].join(', ')}.`,
  )
}

function unknownProcedure({ name, procedures }: CallableApp, path: string): NeemataError {
  return new NeemataError(
    'NM7104',
    `There is no procedure "${name}/${path}". The app "${name}" has: ${[...procedures.keys()].join(', ')}.`,
  )
}
