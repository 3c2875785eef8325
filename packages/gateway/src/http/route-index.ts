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

function listRoutes(app: string, routes: AppRoutes): [string, IndexedRoute][] {
  return [...routes.procedures].map(([procedure, route]) => [
    `/${app}/${procedure}`,
    { app, procedure, route },
  ])
}
