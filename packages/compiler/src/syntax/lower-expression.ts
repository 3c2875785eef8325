import { lowerArray, lowerArguments, lowerObject, lowerOptions } from './lower-literal.ts'
import { lowerFunction } from './lower-function.ts'
import { type Lowering, opaque, spanOf, unwrap } from './lowering.ts'
import type { Expression, OpaqueReason } from './summary.ts'
import type { ts } from './typescript.ts'

/** Keeps what can be followed without running the program, and a reason for what can't. */
export function lowerExpression(lowering: Lowering, written: ts.Expression): Expression {
  const node = unwrap(lowering, written)
  const { ts } = lowering
  const span = spanOf(lowering, node)
  if (ts.isIdentifier(node)) return { ...span, kind: 'identifier', name: node.text }
  if (ts.isStringLiteralLike(node)) return { ...span, kind: 'literal', value: node.text }
  if (ts.isNumericLiteral(node)) return { ...span, kind: 'literal', value: Number(node.text) }
  if (ts.isObjectLiteralExpression(node)) return lowerObject(lowering, node)
  if (ts.isArrayLiteralExpression(node)) return lowerArray(lowering, node)
  if (ts.isCallExpression(node)) return lowerCall(lowering, node)
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node))
    return lowerFunction(lowering, node)
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) {
    return lowerMember(lowering, node)
  }
  if (ts.isConditionalExpression(node)) {
    return {
      ...span,
      kind: 'conditional',
      test: lowering.lower(node.condition),
      whenTrue: lowering.lower(node.whenTrue),
      whenFalse: lowering.lower(node.whenFalse),
    }
  }
  if (ts.isTemplateExpression(node)) return lowerTemplate(lowering, node)
  if (ts.isAwaitExpression(node)) {
    return { ...span, kind: 'await', value: lowering.lower(node.expression) }
  }
  if (ts.isBinaryExpression(node)) return lowerBinary(lowering, node)
  return lowerKeyword(lowering, node)
}

function lowerMember(
  lowering: Lowering,
  node: ts.PropertyAccessExpression | ts.ElementAccessExpression,
): Expression {
  const object = lowering.lower(node.expression)
  const span = spanOf(lowering, node)
  if (lowering.ts.isPropertyAccessExpression(node)) {
    return { ...span, kind: 'member', object, key: node.name.text }
  }
  return { ...span, kind: 'member', object, key: lowering.lower(node.argumentExpression) }
}

function lowerCall(lowering: Lowering, node: ts.CallExpression): Expression {
  const { ts } = lowering
  const span = spanOf(lowering, node)
  const [first] = node.arguments
  if (node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    if (first === undefined || !ts.isStringLiteralLike(first))
      return opaque(lowering, node, 'other')
    return { ...span, kind: 'import', specifier: first.text }
  }
  const callee = lowering.lower(node.expression)
  if (callee.kind === 'identifier' && callee.name === 'require') {
    return opaque(lowering, node, 'require')
  }
  const onlyOptions =
    callee.kind === 'identifier' && lowering.leafDefiners.has(callee.name) ? first : undefined
  if (onlyOptions !== undefined && ts.isObjectLiteralExpression(onlyOptions)) {
    return { ...span, kind: 'call', callee, arguments: [lowerOptions(lowering, onlyOptions)] }
  }
  return { ...span, kind: 'call', callee, arguments: lowerArguments(lowering, node.arguments) }
}

function lowerTemplate(lowering: Lowering, node: ts.TemplateExpression): Expression {
  const parts: (string | Expression)[] = [node.head.text]
  for (const part of node.templateSpans) {
    parts.push(lowering.lower(part.expression), part.literal.text)
  }
  return { ...spanOf(lowering, node), kind: 'template', parts }
}

function lowerBinary(lowering: Lowering, node: ts.BinaryExpression): Expression {
  const { SyntaxKind } = lowering.ts
  const kind = node.operatorToken.kind
  const operator = (
    {
      [SyntaxKind.AmpersandAmpersandToken]: '&&',
      [SyntaxKind.BarBarToken]: '||',
      [SyntaxKind.QuestionQuestionToken]: '??',
    } as const
  )[kind as number]
  if (operator === undefined) {
    const assigns = kind >= SyntaxKind.FirstAssignment && kind <= SyntaxKind.LastAssignment
    return opaque(lowering, node, assigns ? 'assignment' : 'operator')
  }
  const left = lowering.lower(node.left)
  const right = lowering.lower(node.right)
  return { ...spanOf(lowering, node), kind: 'logical', operator, left, right }
}

function lowerKeyword(lowering: Lowering, node: ts.Expression): Expression {
  const { ts } = lowering
  const { SyntaxKind } = ts
  const span = spanOf(lowering, node)
  if (ts.isPrefixUnaryExpression(node)) {
    if (node.operator === SyntaxKind.ExclamationToken) {
      return { ...span, kind: 'not', value: lowering.lower(node.operand) }
    }
    if (node.operator === SyntaxKind.MinusToken && ts.isNumericLiteral(node.operand)) {
      return { ...span, kind: 'literal', value: -Number(node.operand.text) }
    }
    return opaque(lowering, node, 'operator')
  }
  switch (node.kind) {
    case SyntaxKind.TrueKeyword:
      return { ...span, kind: 'literal', value: true }
    case SyntaxKind.FalseKeyword:
      return { ...span, kind: 'literal', value: false }
    case SyntaxKind.NullKeyword:
      return { ...span, kind: 'literal', value: null }
    default:
      return { ...span, kind: 'opaque', why: reasonFor(lowering, node) }
  }
}

function reasonFor({ ts: { SyntaxKind } }: Lowering, node: ts.Expression): OpaqueReason {
  switch (node.kind) {
    case SyntaxKind.ClassExpression:
      return 'class'
    case SyntaxKind.NewExpression:
      return 'new'
    case SyntaxKind.ThisKeyword:
    case SyntaxKind.SuperKeyword:
      return 'this'
    case SyntaxKind.TaggedTemplateExpression:
      return 'tagged-template'
    case SyntaxKind.TypeOfExpression:
    case SyntaxKind.VoidExpression:
    case SyntaxKind.PostfixUnaryExpression:
    case SyntaxKind.DeleteExpression:
      return 'operator'
    default:
      return 'other'
  }
}
