import type { Declaration, Summary } from './summary.ts'

/**
 * The declarations that an export or a change can lead to. The others serve handlers: schemas, helpers, tables; no
 * other module can ask for them.
 */
export function keepReachable(
  summary: Pick<Summary, 'declarations' | 'exports' | 'mutations'>,
): Record<string, Declaration> {
  const { declarations } = summary
  const kept = Object.create(null) as Record<string, Declaration>
  const keep = (name: string): void => {
    const declaration = declarations[name]
    if (declaration === undefined || name in kept) return
    kept[name] = declaration
    forEachName(declaration.value, keep)
  }
  for (const binding of Object.values(summary.exports)) {
    if (binding.from === 'here') keep(binding.name)
  }
  // What is changed may be another name for something that an export leads to.
  for (const { root } of summary.mutations) keep(root)
  return kept
}

/** Every name that an expression mentions, whatever it means there. */
function forEachName(node: unknown, found: (name: string) => void): void {
  if (typeof node !== 'object' || node === null) return
  if (Array.isArray(node)) {
    for (const item of node) forEachName(item, found)
    return
  }
  const { kind, name } = node as { readonly kind?: unknown; readonly name?: unknown }
  if (kind === 'identifier' && typeof name === 'string') return found(name)
  for (const key in node) forEachName((node as Record<string, unknown>)[key], found)
}
