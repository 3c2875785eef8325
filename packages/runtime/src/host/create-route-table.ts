import type { AppRoutes, RouteTable } from '@neemata/gateway'

import type { AppContext } from '../apps/app-context.ts'
import type { AppConfig } from '../config.ts'

/** What the gateway may route to: every app with its procedures and the transports that reach it. */
export function createRouteTable(
  apps: ReadonlyMap<string, AppContext>,
  config: Readonly<Record<string, AppConfig>>,
): RouteTable {
  const table = new Map<string, AppRoutes>()
  for (const [name, { plans }] of apps) {
    table.set(name, {
      transports: new Set(config[name]?.transports),
      procedures: new Map(
        [...plans].map(([path, { kind, readonly }]) => [path, { kind, readonly }] as const),
      ),
    })
  }
  return table
}
