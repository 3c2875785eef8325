import { lowerFunction } from './lower-function.ts'
import { lowerPattern } from './lower-pattern.ts'
import { lowerPropertyName } from './lower-literal.ts'
import { type Lowering, opaque, spanOf } from './lowering.ts'
import type { Collected } from './read-statements.ts'
import type { Declaration, Expression, OpaqueReason, Pattern, Property } from './summary.ts'
import type { ts } from './typescript.ts'

/** Adds what a top-level statement declares, if it declares anything. */
export function readDeclarations(lowering: Lowering, node: ts.Statement, into: Collected): void {
  const { ts } = lowering
  if (ts.isVariableStatement(node)) return readVariables(lowering, node, into)
  if (ts.isFunctionDeclaration(node)) {
    // Overloads have no body; the implementation follows.
    if (node.body) declare(lowering, node, lowerFunction(lowering, node), into)
  } else if (ts.isEnumDeclaration(node)) {
    declare(lowering, node, lowerEnum(lowering, node), into)
  } else if (ts.isClassDeclaration(node)) {
    declare(lowering, node, opaque(lowering, node.name ?? node, 'class'), into)
  } else if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) {
    into.types.push(node.name.text)
  } else if (ts.isModuleDeclaration(node) && ts.isIdentifier(node.name)) {
    declare(lowering, node, opaque(lowering, node.name, 'namespace'), into)
  } else if (ts.isImportEqualsDeclaration(node)) {
    declare(lowering, node, opaque(lowering, node, 'require'), into)
  }
}

type Named = ts.Statement & {
  readonly name?: ts.Identifier | ts.ModuleName
  readonly modifiers?: ts.NodeArray<ts.ModifierLike> | undefined
}

function declare(lowering: Lowering, node: Named, value: Expression, into: Collected): void {
  const name = node.name?.text ?? 'default'
  add(into, name, { ...spanOf(lowering, node.name ?? node), value })
  if (!has(lowering, node, 'ExportKeyword')) return
  const exported = has(lowering, node, 'DefaultKeyword') ? 'default' : name
  into.exports[exported] = { ...spanOf(lowering, node.name ?? node), from: 'here', name }
}

function readVariables(lowering: Lowering, node: ts.VariableStatement, into: Collected): void {
  const { ts } = lowering
  const { flags, declarations } = node.declarationList
  const keyword = flags & ts.NodeFlags.Const ? undefined : flags & ts.NodeFlags.Let ? 'let' : 'var'
  const exported = has(lowering, node, 'ExportKeyword')
  const without: OpaqueReason = has(lowering, node, 'DeclareKeyword')
    ? 'declared'
    : 'no-initializer'
  for (const declaration of declarations) {
    const value = declaration.initializer
      ? lowering.lower(declaration.initializer)
      : opaque(lowering, declaration, without)
    const pattern = lowerPattern(lowering, declaration.name, undefined)
    for (const [name, bound] of bindNames(pattern, value, into)) {
      add(into, name, { ...bound, ...(keyword && { keyword }) })
      if (exported) into.exports[name] = { at: bound.at, end: bound.end, from: 'here', name }
    }
  }
}

/** Each name of a pattern with the expression that leads to its value. */
function* bindNames(
  pattern: Pattern,
  value: Expression,
  into: Collected,
): Generator<[string, Declaration]> {
  if (pattern.kind === 'name') {
    const { at, end } = pattern
    const bound: Expression = pattern.default ? { at, end, kind: 'opaque', why: 'pattern' } : value
    yield [pattern.name, { at, end, value: bound }]
    return
  }
  if (pattern.kind === 'unreadable') return
  const { at, end } = pattern
  // The destructured value is evaluated once, so it gets a name, one that no program can write.
  const hidden = `#${at}`
  into.declarations[hidden] = { at, end, value }
  const whole: Expression = { at: value.at, end: value.end, kind: 'identifier', name: hidden }
  const members =
    pattern.kind === 'object'
      ? pattern.members.map(({ key, value }) => [key, value] as const)
      : pattern.items.flatMap((item, index) => (item ? [[String(index), item] as const] : []))
  for (const [key, inner] of members) {
    yield* bindNames(
      inner,
      { at: inner.at, end: inner.end, kind: 'member', object: whole, key },
      into,
    )
  }
  if (pattern.kind === 'object' && pattern.rest !== undefined) {
    const keys = pattern.members.map(({ key }) => key)
    yield [pattern.rest, { at, end, value: { at, end, kind: 'rest', object: whole, keys } }]
  }
}

function lowerEnum(lowering: Lowering, node: ts.EnumDeclaration): Expression {
  const { ts } = lowering
  let next: number | undefined = 0
  const properties = node.members.map((member): Property => {
    const span = spanOf(lowering, member.name)
    const value: Expression = member.initializer
      ? lowering.lower(member.initializer)
      : next === undefined
        ? opaque(lowering, member, 'operator')
        : { ...span, kind: 'literal', value: next }
    const number = value.kind === 'literal' && typeof value.value === 'number'
    next = number ? (value.value as number) + 1 : undefined
    const key = ts.isPrivateIdentifier(member.name) ? '' : lowerPropertyName(lowering, member.name)
    return { ...span, kind: 'value', key, value }
  })
  return { ...spanOf(lowering, node), kind: 'object', properties }
}

/** The first declaration of a name counts: a namespace may extend a function or an enum. */
function add(into: Collected, name: string, declaration: Declaration): void {
  const before = into.declarations[name]
  const ambiguous = before !== undefined && before.value.kind !== 'opaque'
  into.declarations[name] = ambiguous
    ? {
        ...before,
        value: { at: declaration.at, end: declaration.end, kind: 'opaque', why: 'namespace' },
      }
    : declaration
}

function has(
  { ts }: Lowering,
  node: Named,
  keyword: 'ExportKeyword' | 'DefaultKeyword' | 'DeclareKeyword',
): boolean {
  return node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind[keyword]) ?? false
}
