import type { AppRoutes, RouteTable } from '@neemata/gateway'

import type { AppConfig } from '../config.ts'
import type { Registry } from '../registry.ts'

/** The routes of applications that this thread doesn't load, as far as the registry tells. */
export function createPlacedRoutes(
  registry: Registry,
  apps: Iterable<string>,
  config: Readonly<Record<string, AppConfig>>,
): RouteTable {
  const table = new Map<string, AppRoutes>()
  for (const name of apps) {
    const procedures = Object.entries(registry.apps[name]?.procedures ?? {})
    table.set(name, {
      transports: new Set(config[name]?.transports),
      procedures: new Map(
        procedures.map(([path, { kind, readonly }]) => [path, { kind, readonly }] as const),
      ),
    })
  }
  return table
}
