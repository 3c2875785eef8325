import { closestMatch } from '../closest-match.ts'
import type { ResolvedTransport } from '../resolved-config.ts'
import { nameSchema } from '../schema/names.ts'
import { httpTransportSchema, transportSchema } from '../schema/transports.ts'
import { resolveNames } from './names.ts'
import type { ResolveContext } from './resolve-context.ts'

/** The transports by name, in the order of the config; one on HTTP if the config has none. */
export function resolveTransports(
  context: ResolveContext,
): Readonly<Record<string, ResolvedTransport>> {
  if (context.value(['transports']) === undefined) {
    return { http: httpTransportSchema.parse({ type: 'http' }) }
  }
  const names = resolveNames(context, 'transports', nameSchema)
  const transports = names.flatMap((name): [string, ResolvedTransport][] => {
    const transport = context.parse(transportSchema, ['transports', name])
    // Those of other types are refused as not supported yet.
    return transport && transport.type !== 'custom' ? [[name, transport]] : []
  })
  reportListeners(context)
  reportSharedPaths(context, transports)
  return Object.fromEntries(transports)
}

/** The names that apps may refer to, malformed ones included. */
export function transportNames(context: ResolveContext): readonly string[] {
  const value = context.value(['transports'])
  if (value === undefined) return ['http']
  return typeof value === 'object' && value !== null ? Object.keys(value) : []
}

/** WebSocket transports share the port of an HTTP transport, which must be one. */
function reportListeners(context: ResolveContext): void {
  const names = transportNames(context)
  const typeOf = (name: string): unknown => context.value(['transports', name, 'type'])
  const listeners = names.filter((name) => typeOf(name) === 'http')
  for (const name of names) {
    const path = ['transports', name, 'listen']
    const listen = context.value(path)
    if (typeOf(name) !== 'ws' || typeof listen !== 'string' || listen === '') continue
    if (listeners.includes(listen)) continue
    const match = closestMatch(listen, listeners)
    const list = listeners.join(', ')
    context.report('NM1044', {
      path,
      message: names.includes(listen)
        ? `The transport '${listen}' is not one of type 'http'.`
        : `There is no transport '${listen}'.`,
      hint: match
        ? `Did you mean '${match}'?`
        : list
          ? `The HTTP transports are ${list}.`
          : undefined,
    })
  }
}

/** Two WebSocket transports can't answer at one path of one port. */
function reportSharedPaths(
  context: ResolveContext,
  transports: readonly (readonly [string, ResolvedTransport])[],
): void {
  const seen = new Map<string, string>()
  for (const [name, transport] of transports) {
    if (transport.type !== 'ws') continue
    const key = `${transport.listen} ${transport.path}`
    const other = seen.get(key)
    if (other === undefined) {
      seen.set(key, name)
      continue
    }
    const at = context.loaded.locate(['transports', other], { key: true })
    context.report('NM1045', {
      path: ['transports', name],
      key: true,
      message: `The transports ${other} and ${name} both answer at ${transport.path} of '${transport.listen}'.`,
      related: at ? [{ message: `${other} is declared here.`, at }] : [],
    })
  }
}
