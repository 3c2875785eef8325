/** What users declare, as the compiler tells it apart: by the function that made it. */
export type DefinitionKind =
  | 'application'
  | 'router'
  | 'procedure'
  | 'stream'
  | 'job'
  | 'command'
  | 'hook'
  | 'event'
  | 'plugin'
  | 'guard'
  | 'middleware'
  | 'filter'
  | 'injectable'

const definers: ReadonlyMap<string, DefinitionKind> = new Map([
  ['defineApplication', 'application'],
  ['defineRouter', 'router'],
  ['defineProcedure', 'procedure'],
  ['defineStream', 'stream'],
  ['defineJob', 'job'],
  ['defineCommand', 'command'],
  ['defineHook', 'hook'],
  ['defineEvent', 'event'],
  ['definePlugin', 'plugin'],
  // What it returns is a plugin too; the one that it configures is its first argument.
  ['configurePlugin', 'plugin'],
  ['defineGuard', 'guard'],
  ['defineMiddleware', 'middleware'],
  ['defineFilter', 'filter'],
  ['defineInjectable', 'injectable'],
])

/** Packages whose `define…` functions are known by name, without being read. */
const definingPackages = new Set(['neemata', '@neemata/application'])

export function isDefiningPackage(specifier: string): boolean {
  return definingPackages.has(specifier)
}

export function definerKind(name: string): DefinitionKind | undefined {
  return definers.get(name)
}

export function definerName(kind: DefinitionKind): string {
  return `define${kind.charAt(0).toUpperCase()}${kind.slice(1)}`
}

/** `an application`, `a router` */
export function withArticle(kind: DefinitionKind): string {
  return /^[aeiou]/.test(kind) ? `an ${kind}` : `a ${kind}`
}
