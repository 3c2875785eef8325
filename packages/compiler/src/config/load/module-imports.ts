import { type ESTree, Visitor } from 'rolldown/utils'

import type { Span } from './source-text.ts'

/** Where a module imports another. */
export interface ModuleImport {
  readonly specifier: string
  readonly span: Span
  /** The imported names, and where they stand. */
  readonly names: ReadonlyMap<string, Span>
}

/** Reads what a module imports: statically, by `export … from`, and by `import()` of a literal. */
export function readModuleImports(program: ESTree.Program): readonly ModuleImport[] {
  const imports: ModuleImport[] = []
  const add = (source: ESTree.Node | null, names: ReadonlyMap<string, Span> = new Map()): void => {
    if (source?.type !== 'Literal' || typeof source.value !== 'string') return
    imports.push({ specifier: source.value, span: source, names })
  }
  new Visitor({
    ImportDeclaration: (node) => {
      if (node.importKind !== 'type') add(node.source, importedNames(node))
    },
    ExportNamedDeclaration: (node) => {
      if (node.exportKind !== 'type') add(node.source)
    },
    ExportAllDeclaration: (node) => {
      if (node.exportKind !== 'type') add(node.source)
    },
    ImportExpression: (node) => add(node.source),
  }).visit(program)
  return imports
}

function importedNames(node: ESTree.ImportDeclaration): ReadonlyMap<string, Span> {
  const names = new Map<string, Span>()
  for (const specifier of node.specifiers) {
    if (specifier.type === 'ImportDefaultSpecifier') names.set('default', specifier)
    if (specifier.type !== 'ImportSpecifier') continue
    const { imported } = specifier
    names.set(imported.type === 'Literal' ? imported.value : imported.name, imported)
  }
  return names
}
