import type { ResolvedHttpTransport } from '../resolved-config.ts'
import { nameSchema } from '../schema/names.ts'
import { httpTransportSchema, transportSchema } from '../schema/transports.ts'
import { resolveNames } from './names.ts'
import type { ResolveContext } from './resolve-context.ts'

/** The transports by name, in the order of the config; one on HTTP if the config has none. */
export function resolveTransports(
  context: ResolveContext,
): Readonly<Record<string, ResolvedHttpTransport>> {
  if (context.value(['transports']) === undefined) {
    return { http: httpTransportSchema.parse({ type: 'http' }) }
  }
  const names = resolveNames(context, 'transports', nameSchema)
  const transports = names.flatMap((name): [string, ResolvedHttpTransport][] => {
    const transport = context.parse(transportSchema, ['transports', name])
    // The other types are refused as not supported yet.
    return transport?.type === 'http' ? [[name, transport]] : []
  })
  return Object.fromEntries(transports)
}

/** The names that apps may refer to, malformed ones included. */
export function transportNames(context: ResolveContext): readonly string[] {
  const value = context.value(['transports'])
  if (value === undefined) return ['http']
  return typeof value === 'object' && value !== null ? Object.keys(value) : []
}
