import { createHttpTransport, createWebSocketTransport, type Transport } from '@neemata/gateway'

import type { RuntimeConfig } from '../config.ts'
import { NeemataError } from '../errors/neemata-error.ts'

/**
 * The transports of a configuration: first those that have a port of their own, in the order of the
 * configuration, then those that share one, so that they stop before it.
 * @throws NeemataError NM7002 if one shares the port of a transport that isn't there
 */
export function createTransports({ transports }: Pick<RuntimeConfig, 'transports'>): Transport[] {
  const entries = Object.entries(transports)
  const owners = new Map(
    entries.flatMap(([name, config]) =>
      config.type === 'http' ? [[name, createHttpTransport(name, config)] as const] : [],
    ),
  )
  const sharers = entries.flatMap(([name, config]) => {
    if (config.type !== 'ws') return []
    const listen = owners.get(config.listen)
    if (!listen) throw unknownListener(name, config.listen)
    return [createWebSocketTransport(name, { path: config.path, listen })]
  })
  return [...owners.values(), ...sharers]
}

function unknownListener(name: string, listen: string): NeemataError {
  return new NeemataError(
    'NM7002',
    `The transport "${name}" shares the port of "${listen}", which is no configured HTTP transport.`,
  )
}
