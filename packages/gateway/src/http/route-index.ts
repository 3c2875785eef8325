import type { AppRoutes, ProcedureRoute, RouteTable } from '../host.ts'

/** A procedure that an HTTP request can reach. */
export interface IndexedRoute {
  readonly app: string
  readonly procedure: string
  readonly route: ProcedureRoute
}

/** All procedures that one transport may reach, by their canonical path `/shop/orders/create`. */
export interface RouteIndex {
  /** What the index was made from; a new table means a new index. */
  readonly table: RouteTable
  readonly paths: ReadonlyMap<string, IndexedRoute>
  readonly apps: ReadonlySet<string>
}

/** Flattens a route table once, so that a request costs one lookup. */
export function createRouteIndex(table: RouteTable, transport: string): RouteIndex {
  const reachable = [...table].filter(([, routes]) => routes.transports.has(transport))
  return {
    table,
    paths: new Map(reachable.flatMap(([app, routes]) => listRoutes(app, routes))),
    apps: new Set(reachable.map(([app]) => app)),
  }
}

/** Says which part of a decoded path is unknown, and what may have been meant. */
export function describeUnknown(path: string, { apps, paths }: RouteIndex): string {
  const [, app = '', ...rest] = path.slice(0, longestName).split('/')
  const procedure = JSON.stringify(rest.join('/'))
  const known = apps.has(app)
  const what = known
    ? `The app ${JSON.stringify(app)} has no procedure ${procedure}.`
    : `There is no app ${JSON.stringify(app)} here.`
  const tidy = `/${path.split('/').filter(Boolean).join('/')}`
  return tidy !== path && paths.has(tidy) ? `${what} Did you mean ${tidy}?` : what
}

/** Characters of a stranger's path that are worth repeating. */
const longestName = 200

function listRoutes(app: string, routes: AppRoutes): [string, IndexedRoute][] {
  return [...routes.procedures].map(([procedure, route]) => [
    `/${app}/${procedure}`,
    { app, procedure, route },
  ])
}
