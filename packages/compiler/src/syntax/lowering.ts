import type { Expression, OpaqueReason, Span } from './summary.ts'
import type { ts } from './typescript.ts'

/** What every step of reading one file needs. */
export interface Lowering {
  readonly ts: typeof ts
  readonly file: ts.SourceFile
  /** Local names of functions of `neemata` whose options hold mostly code. */
  readonly leafDefiners: ReadonlySet<string>
  /** Keeps an expression; the steps below reach it through here, so that they import nothing above them. */
  readonly lower: (node: ts.Expression) => Expression
}

/** Without parentheses and types, which change nothing at run time. */
export function unwrap({ ts }: Lowering, node: ts.Expression): ts.Expression {
  let inner = node
  while (
    ts.isParenthesizedExpression(inner) ||
    ts.isAsExpression(inner) ||
    ts.isSatisfiesExpression(inner) ||
    ts.isNonNullExpression(inner) ||
    ts.isTypeAssertionExpression(inner) ||
    ts.isExpressionWithTypeArguments(inner)
  ) {
    inner = inner.expression
  }
  return inner
}

export function spanOf({ file }: Lowering, node: ts.Node): Span {
  return { at: node.getStart(file), end: node.end }
}

export function opaque(lowering: Lowering, node: ts.Node, why: OpaqueReason): Expression {
  return { ...spanOf(lowering, node), kind: 'opaque', why }
}
