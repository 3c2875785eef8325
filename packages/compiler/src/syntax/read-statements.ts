import { readDeclarations } from './read-declarations.ts'
import { type Lowering, spanOf } from './lowering.ts'
import type { Declaration, ExportBinding, ImportBinding, StarExport, Summary } from './summary.ts'
import type { ts } from './typescript.ts'

export type Statements = Pick<Summary, 'imports' | 'exports' | 'stars' | 'declarations' | 'types'>

/** What `readStatements` fills, by name; null prototypes, since any name may be declared. */
export interface Collected {
  readonly imports: Record<string, ImportBinding>
  readonly exports: Record<string, ExportBinding>
  readonly stars: StarExport[]
  readonly declarations: Record<string, Declaration>
  readonly types: string[]
}

/** The imports, exports and declarations at the top level of a module. */
export function readStatements(lowering: Lowering): Statements {
  const { ts, file } = lowering
  const collected: Collected = {
    imports: Object.create(null) as Record<string, ImportBinding>,
    exports: Object.create(null) as Record<string, ExportBinding>,
    stars: [],
    declarations: Object.create(null) as Record<string, Declaration>,
    types: [],
  }
  for (const statement of file.statements) {
    if (ts.isImportDeclaration(statement)) readImport(lowering, statement, collected)
    else if (ts.isExportDeclaration(statement)) readExport(lowering, statement, collected)
    else if (ts.isExportAssignment(statement)) readDefault(lowering, statement, collected)
    else readDeclarations(lowering, statement, collected)
  }
  return collected
}

function readImport(lowering: Lowering, node: ts.ImportDeclaration, into: Collected): void {
  const { ts } = lowering
  const clause = node.importClause
  if (clause === undefined || !ts.isStringLiteral(node.moduleSpecifier)) return
  const specifier = node.moduleSpecifier.text
  const bind = (local: ts.Identifier, name: string, place: ts.Node, typeOnly: boolean): void => {
    const span = spanOf(lowering, place)
    into.imports[local.text] = { ...span, specifier, name, ...(typeOnly && { typeOnly }) }
  }
  const typeOnly = clause.phaseModifier === ts.SyntaxKind.TypeKeyword
  if (clause.name) bind(clause.name, 'default', clause.name, typeOnly)
  const bindings = clause.namedBindings
  if (bindings === undefined) return
  if (ts.isNamespaceImport(bindings)) return bind(bindings.name, '*', bindings, typeOnly)
  for (const element of bindings.elements) {
    const imported = (element.propertyName ?? element.name).text
    bind(element.name, imported, element, typeOnly || element.isTypeOnly)
  }
}

function readExport(lowering: Lowering, node: ts.ExportDeclaration, into: Collected): void {
  const { ts } = lowering
  const clause = node.exportClause
  const specifier =
    node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)
      ? node.moduleSpecifier.text
      : undefined
  if (clause === undefined) {
    if (specifier !== undefined && !node.isTypeOnly) {
      into.stars.push({ ...spanOf(lowering, node), specifier })
    }
    return
  }
  if (ts.isNamespaceExport(clause)) {
    if (specifier === undefined) return
    if (node.isTypeOnly) return void into.types.push(clause.name.text)
    const span = spanOf(lowering, clause)
    into.exports[clause.name.text] = { ...span, from: 'module', specifier, name: '*' }
    return
  }
  for (const element of clause.elements) {
    const exported = element.name.text
    const name = (element.propertyName ?? element.name).text
    const span = spanOf(lowering, element)
    if (node.isTypeOnly || element.isTypeOnly) into.types.push(exported)
    else if (specifier === undefined) into.exports[exported] = { ...span, from: 'here', name }
    else into.exports[exported] = { ...span, from: 'module', specifier, name }
  }
}

function readDefault(lowering: Lowering, node: ts.ExportAssignment, into: Collected): void {
  if (node.isExportEquals) return
  const value = lowering.lower(node.expression)
  const span = { at: value.at, end: value.end }
  if (value.kind === 'identifier') {
    into.exports['default'] = { ...span, from: 'here', name: value.name }
    return
  }
  into.exports['default'] = { ...span, from: 'here', name: 'default' }
  into.declarations['default'] = { ...span, value }
}
