import type { CallOptions } from '@neemata/application'

import { NeemataError } from '../errors/neemata-error.ts'
import type { Call } from '../pipeline/call.ts'
import type { AppContext } from './app-context.ts'
import { callApp } from './call-app.ts'

/**
 * What `inject.apps` gives to a call: `apps.places.get(input, options)`.
 * @throws NeemataError NM7103 on reading an app, NM7104 on reading a route, that does not exist
 */
export function createAppsClient(call: Call): object {
  const { apps } = call.session.context.services
  return new Proxy(Object.create(null) as object, {
    get(_, name) {
      if (typeof name === 'symbol' || probes.has(name)) return undefined
      const context = apps.get(name)
      if (!context) throw unknownApp(name, apps)
      return createRoute(call, { context, path: '' })
    },
    has: (_, name) => typeof name === 'string' && apps.has(name),
  })
}

interface Route {
  readonly context: AppContext
  /** Path inside the app, empty for its root. */
  readonly path: string
}

function createRoute(call: Call, route: Route): () => unknown {
  return new Proxy((): unknown => undefined, {
    get(_, segment) {
      if (typeof segment === 'symbol') return undefined
      const path = route.path === '' ? segment : `${route.path}/${segment}`
      if (leadsSomewhere(route.context, path)) return createRoute(call, { ...route, path })
      if (probes.has(segment)) return undefined
      throw unknownProcedure(route.context, path)
    },
    apply(_, __, [input, options]: [unknown?, CallOptions?]) {
      const plan = route.context.plans.get(route.path)
      if (!plan) throw unknownProcedure(route.context, route.path)
      return callApp(call, { context: route.context, plan, input, options })
    },
  })
}

/** What the language and its tools read of any object; asking is no mistake. */
const probes: ReadonlySet<string> = new Set(['then', 'toJSON'])

function leadsSomewhere({ plans }: AppContext, path: string): boolean {
  if (plans.has(path)) return true
  const prefix = `${path}/`
  for (const known of plans.keys()) if (known.startsWith(prefix)) return true
  return false
}

function unknownApp(name: string, apps: ReadonlyMap<string, unknown>): NeemataError {
  return new NeemataError(
    'NM7103',
    `There is no app "${name}". There are: ${[...apps.keys()].join(', ')}.`,
  )
}

function unknownProcedure({ name, plans }: AppContext, path: string): NeemataError {
  return new NeemataError(
    'NM7104',
    `There is no procedure "${name}/${path}". The app "${name}" has: ${[...plans.keys()].join(', ')}.`,
  )
}
