import type { ReadContext } from './read-contexts.ts'

/** Writes the reference to use instead of reading a variable: `env.port('PORT', 3000)`. */
export function suggestReference(name: string, context: ReadContext = {}): string {
  const kind = suggestKind(name, context)
  const fallback = context.fallback && fitFallback(kind, context.fallback)
  return `env.${kind}('${name}'${fallback ? `, ${fallback}` : ''})`
}

type Kind = 'string' | 'number' | 'port' | 'url' | 'boolean'

function suggestKind(name: string, context: ReadContext): Kind {
  if (/(?:^|_)PORT$/i.test(name)) return 'port'
  if (context.number) return 'number'
  if (context.boolean) return 'boolean'
  if (/(?:^|_)UR[IL]$/i.test(name)) return 'url'
  return context.fallback !== undefined && /^\d/.test(context.fallback) ? 'number' : 'string'
}

/** The fallback as a default of that kind; what would not fit is left out. */
function fitFallback(kind: Kind, fallback: string): string | undefined {
  const bare = fallback.replace(/^(['"`])(.*)\1$/, '$2')
  if (kind === 'port' || kind === 'number') return /^\d[\d_.]*$/.test(bare) ? bare : undefined
  if (kind === 'boolean') return /^(?:true|false)$/.test(bare) ? bare : undefined
  return bare === fallback ? undefined : `'${bare}'`
}
