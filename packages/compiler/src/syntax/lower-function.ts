import { findOwnMutations } from './find-mutations.ts'
import { lowerPattern } from './lower-pattern.ts'
import { type Lowering, opaque, spanOf } from './lowering.ts'
import type { Expression, FunctionExpression, Local, Parameter, Pattern } from './summary.ts'
import type { ts } from './typescript.ts'

/**
 * A function that declares constants and returns a value is kept whole. Of any other only the place
 * of the first thing that can't be followed is.
 */
export function lowerFunction(
  lowering: Lowering,
  node: ts.ArrowFunction | ts.FunctionExpression | ts.FunctionDeclaration | ts.MethodDeclaration,
): FunctionExpression {
  const span = spanOf(lowering, node)
  const body = lowerBody(lowering, node)
  if (!body.readable) {
    return { ...span, kind: 'function', parameters: [], locals: [], result: body.result }
  }
  const parameters = node.parameters.map((parameter) => lowerParameter(lowering, parameter))
  const unclear = [...parameters, ...body.locals].find(({ pattern }) => !isReadable(pattern))
  if (unclear !== undefined) {
    const result = { at: unclear.at, end: unclear.end, kind: 'opaque', why: 'pattern' } as const
    return { ...span, kind: 'function', parameters: [], locals: [], result }
  }
  const mutations = node.body ? findOwnMutations(lowering, node, node.body) : []
  return {
    ...span,
    kind: 'function',
    parameters,
    locals: body.locals,
    result: body.result,
    ...(mutations.length > 0 && { mutations }),
  }
}

/** A pattern that isn't would leave names unbound, and they would mean something else further out. */
function isReadable(pattern: Pattern): boolean {
  if (pattern.kind === 'name') return true
  if (pattern.kind === 'object') return pattern.members.every(({ value }) => isReadable(value))
  return (
    pattern.kind === 'array' && pattern.items.every((item) => item === null || isReadable(item))
  )
}

interface Body {
  readonly readable: boolean
  readonly locals: readonly Local[]
  readonly result: Expression
}

function lowerBody(lowering: Lowering, node: Parameters<typeof lowerFunction>[1]): Body {
  const { ts } = lowering
  if (node.asteriskToken !== undefined) return unreadable(opaque(lowering, node, 'generator'))
  if (node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword)) {
    return unreadable(opaque(lowering, node, 'async-function'))
  }
  if (node.body === undefined) return unreadable(opaque(lowering, node, 'declared'))
  if (!ts.isBlock(node.body)) {
    return { readable: true, locals: [], result: lowering.lower(node.body) }
  }
  return lowerBlock(lowering, node.body)
}

function lowerBlock(lowering: Lowering, block: ts.Block): Body {
  const { ts } = lowering
  const last = block.statements.at(-1)
  const obstacle = block.statements.find(
    (statement) =>
      !isDeclaration(lowering, statement) &&
      !(statement === last && ts.isReturnStatement(statement)),
  )
  if (obstacle !== undefined) return unreadable(opaque(lowering, obstacle, 'function-effects'))
  if (last === undefined || !ts.isReturnStatement(last) || last.expression === undefined) {
    return unreadable(opaque(lowering, block, 'function-effects'))
  }
  const locals = block.statements.flatMap((statement) => lowerLocals(lowering, statement))
  return { readable: true, locals, result: lowering.lower(last.expression) }
}

function unreadable(result: Expression): Body {
  return { readable: false, locals: [], result }
}

function isDeclaration({ ts }: Lowering, statement: ts.Statement): boolean {
  if (ts.isVariableStatement(statement)) {
    return (statement.declarationList.flags & ts.NodeFlags.Const) !== 0
  }
  return (
    ts.isFunctionDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement)
  )
}

function lowerLocals(lowering: Lowering, statement: ts.Statement): Local[] {
  const { ts } = lowering
  if (ts.isFunctionDeclaration(statement) && statement.name !== undefined && statement.body) {
    const span = spanOf(lowering, statement.name)
    const pattern = { ...span, kind: 'name', name: statement.name.text } as const
    return [{ ...span, pattern, value: lowerFunction(lowering, statement) }]
  }
  if (!ts.isVariableStatement(statement)) return []
  return statement.declarationList.declarations.map((declaration) => ({
    ...spanOf(lowering, declaration),
    pattern: lowerPattern(lowering, declaration.name, undefined),
    value: declaration.initializer
      ? lowering.lower(declaration.initializer)
      : opaque(lowering, declaration, 'no-initializer'),
  }))
}

function lowerParameter(lowering: Lowering, node: ts.ParameterDeclaration): Parameter {
  return {
    ...spanOf(lowering, node),
    pattern: lowerPattern(lowering, node.name, node.initializer),
    ...(node.dotDotDotToken && { rest: true as const }),
  }
}
