import type { RuntimeConfig } from './config.ts'
import { NeemataError } from './errors/neemata-error.ts'
import type { Registry } from './registry.ts'

/**
 * Refuses generated files that don't belong together.
 * @throws NeemataError NM7001 or NM7002
 */
export function checkRegistry(registry: Registry, config: RuntimeConfig): void {
  const { version } = registry as { readonly version: unknown }
  if (version !== 1) {
    throw new NeemataError(
      'NM7001',
      `The registry has version ${String(version)}; this runtime knows version 1.`,
    )
  }
  for (const app of Object.keys(registry.apps)) {
    const transports = config.apps[app]?.transports
    if (!transports) {
      throw new NeemataError('NM7002', `The configuration lacks the registry's app "${app}".`)
    }
    const unknown = transports.find((name) => !Object.hasOwn(config.transports, name))
    if (unknown !== undefined) {
      throw new NeemataError(
        'NM7002',
        `The app "${app}" names the transport "${unknown}", which is not configured.`,
      )
    }
  }
}
