import { changedByCall, type ChangedObject, passedTo } from './changing-calls.ts'
import { type Lowering, spanOf, unwrap } from './lowering.ts'
import type { Statements } from './read-statements.ts'
import { declaresName } from './scopes.ts'
import type { Mutation } from './summary.ts'
import type { ts } from './typescript.ts'

/**
 * Every place of a module, inside functions too, that changes an object bound to one of its top-level
 * names: assignments to members, `delete`, and the methods of arrays, `Object` and `Reflect` that
 * change what they are given. Also the calls outside functions that may do so.
 */
export function findMutations(
  lowering: Lowering,
  statements: Pick<Statements, 'declarations' | 'imports'>,
): Mutation[] {
  const { ts } = lowering
  const found: Mutation[] = []
  const isTopLevel = ({ root, scopes }: Change): boolean =>
    (root in statements.declarations || root in statements.imports) &&
    !scopes.some((scope) => declaresName(ts, scope, root))
  forEachChange(lowering, lowering.file.statements, (change) => {
    if (change.how !== 'changed' && change.scopes.length > 0) return
    if (isTopLevel(change)) found.push(toMutation(lowering, change))
  })
  return found
}

/** The changes of what a function binds itself: its parameters and constants. */
export function findOwnMutations(
  lowering: Lowering,
  node: ts.SignatureDeclaration,
  body: ts.Node,
): Mutation[] {
  const { ts } = lowering
  const found: Mutation[] = []
  forEachChange(lowering, [...node.parameters, body], (change) => {
    const { root, how, scopes } = change
    const inner = scopes.filter((scope) => scope !== body)
    if (how !== 'changed' || inner.some((scope) => declaresName(ts, scope, root))) return
    if (declaresName(ts, node, root) || declaresName(ts, body, root)) {
      found.push(toMutation(lowering, change))
    }
  })
  return found
}

interface Change {
  readonly place: ts.Node
  readonly root: string
  readonly member?: string
  readonly how: Mutation['how']
  readonly callee?: string
  /** Those around the place, outermost first. */
  readonly scopes: readonly ts.Node[]
}

function toMutation(lowering: Lowering, change: Change): Mutation {
  const { place, root, member, how, callee } = change
  return {
    ...spanOf(lowering, place),
    root,
    how,
    ...(member !== undefined && { member }),
    ...(callee !== undefined && { callee }),
  }
}

function forEachChange(
  lowering: Lowering,
  nodes: readonly ts.Node[],
  found: (change: Change) => void,
): void {
  const { ts } = lowering
  const scopes: ts.Node[] = []
  const reads = readers(lowering)
  const scopeKinds = scopeKindsOf(ts)
  const { FirstTypeNode, LastTypeNode, InterfaceDeclaration } = ts.SyntaxKind

  // Every node of every file comes by here, so it asks for the kind and for nothing else.
  const visit = (node: ts.Node): void => {
    const { kind } = node
    if ((kind >= FirstTypeNode && kind <= LastTypeNode) || kind === InterfaceDeclaration) return
    for (const { target, place = node, how = 'changed', callee } of reads[kind]?.(node) ?? []) {
      const root = rootOf(lowering, target)
      if (root !== undefined) found({ ...root, place, how, scopes, ...(callee && { callee }) })
    }
    const scope = scopeKinds[kind] === true
    if (scope) scopes.push(node)
    ts.forEachChild(node, visit)
    if (scope) scopes.pop()
  }
  for (const node of nodes) visit(node)
}

function scopeKindsOf({ SyntaxKind }: typeof ts): boolean[] {
  const kinds: boolean[] = []
  for (const kind of [
    SyntaxKind.Block,
    SyntaxKind.CatchClause,
    SyntaxKind.ForStatement,
    SyntaxKind.ForInStatement,
    SyntaxKind.ForOfStatement,
    SyntaxKind.ArrowFunction,
    SyntaxKind.FunctionExpression,
    SyntaxKind.FunctionDeclaration,
    SyntaxKind.MethodDeclaration,
    SyntaxKind.Constructor,
    SyntaxKind.GetAccessor,
    SyntaxKind.SetAccessor,
    SyntaxKind.ClassStaticBlockDeclaration,
  ]) {
    kinds[kind] = true
  }
  return kinds
}

/** `routes` and `admin` for `routes.admin.list`. */
function rootOf(
  lowering: Lowering,
  target: ts.Expression,
): { readonly root: string; readonly member?: string } | undefined {
  const { ts } = lowering
  let inner = unwrap(lowering, target)
  let member: string | undefined
  while (ts.isPropertyAccessExpression(inner) || ts.isElementAccessExpression(inner)) {
    member = ts.isPropertyAccessExpression(inner) ? inner.name.text : undefined
    inner = unwrap(lowering, inner.expression)
  }
  if (!ts.isIdentifier(inner)) return undefined
  return { root: inner.text, ...(member !== undefined && { member }) }
}

/** By kind of node: what it changes. */
function readers(
  lowering: Lowering,
): Partial<Record<number, (node: ts.Node) => readonly ChangedObject[]>> {
  const { ts } = lowering
  const { SyntaxKind } = ts
  const { FirstAssignment, LastAssignment, PlusPlusToken, MinusMinusToken } = SyntaxKind
  const step = (node: ts.Node): readonly ChangedObject[] => {
    const { operator, operand } = node as ts.PrefixUnaryExpression | ts.PostfixUnaryExpression
    const counts = operator === PlusPlusToken || operator === MinusMinusToken
    return counts ? assigned(lowering, operand) : []
  }
  const loop = (node: ts.Node): readonly ChangedObject[] => {
    const { initializer } = node as ts.ForInOrOfStatement
    return ts.isVariableDeclarationList(initializer) ? [] : assigned(lowering, initializer)
  }
  return {
    [SyntaxKind.BinaryExpression]: (node) => {
      const { left, operatorToken } = node as ts.BinaryExpression
      const assigns = operatorToken.kind >= FirstAssignment && operatorToken.kind <= LastAssignment
      return assigns ? assigned(lowering, left) : []
    },
    [SyntaxKind.PrefixUnaryExpression]: step,
    [SyntaxKind.PostfixUnaryExpression]: step,
    [SyntaxKind.DeleteExpression]: (node) => [{ target: (node as ts.DeleteExpression).expression }],
    [SyntaxKind.ForInStatement]: loop,
    [SyntaxKind.ForOfStatement]: loop,
    [SyntaxKind.CallExpression]: (node) => changedByCall(lowering, node as ts.CallExpression),
    [SyntaxKind.ExpressionStatement]: (node) => passedTo(lowering, node as ts.ExpressionStatement),
  }
}

function assigned(lowering: Lowering, written: ts.Expression): readonly ChangedObject[] {
  return assignedMembers(lowering, written).map((target) => ({ target }))
}

/** The members that an assignment writes to, through destructuring too. */
function assignedMembers(lowering: Lowering, written: ts.Expression): ts.Expression[] {
  const { ts } = lowering
  const target = unwrap(lowering, written)
  if (ts.isPropertyAccessExpression(target) || ts.isElementAccessExpression(target)) return [target]
  if (ts.isArrayLiteralExpression(target)) {
    return target.elements.flatMap((element) => assignedMembers(lowering, element))
  }
  if (ts.isSpreadElement(target)) return assignedMembers(lowering, target.expression)
  if (ts.isBinaryExpression(target)) return assignedMembers(lowering, target.left)
  if (!ts.isObjectLiteralExpression(target)) return []
  return target.properties.flatMap((property) => {
    if (ts.isPropertyAssignment(property)) return assignedMembers(lowering, property.initializer)
    return ts.isSpreadAssignment(property) ? assignedMembers(lowering, property.expression) : []
  })
}
