import { type Lowering, spanOf } from './lowering.ts'
import type { Pattern, PatternMember } from './summary.ts'
import type { ts } from './typescript.ts'

/** What a parameter or declaration binds, `{ handler, ...options }` included. */
export function lowerPattern(
  lowering: Lowering,
  node: ts.BindingName,
  initializer: ts.Expression | undefined,
): Pattern {
  const { ts } = lowering
  const span = spanOf(lowering, node)
  const fallback = initializer && { default: lowering.lower(initializer) }
  if (ts.isIdentifier(node)) return { ...span, kind: 'name', name: node.text, ...fallback }
  if (ts.isArrayBindingPattern(node)) {
    if (
      node.elements.some((element) => !ts.isOmittedExpression(element) && element.dotDotDotToken)
    ) {
      return { ...span, kind: 'unreadable' }
    }
    const items = node.elements.map((element) =>
      ts.isOmittedExpression(element)
        ? null
        : lowerPattern(lowering, element.name, element.initializer),
    )
    return { ...span, kind: 'array', items, ...fallback }
  }
  return { ...span, ...lowerObjectPattern(lowering, node), ...fallback }
}

function lowerObjectPattern(
  lowering: Lowering,
  node: ts.ObjectBindingPattern,
): { kind: 'object'; members: PatternMember[]; rest?: string } | { kind: 'unreadable' } {
  const { ts } = lowering
  const members: PatternMember[] = []
  let rest: string | undefined
  for (const element of node.elements) {
    if (element.dotDotDotToken !== undefined) {
      if (!ts.isIdentifier(element.name)) return { kind: 'unreadable' }
      rest = element.name.text
      continue
    }
    const name = element.propertyName ?? element.name
    if (!ts.isIdentifier(name) && !ts.isStringLiteral(name)) return { kind: 'unreadable' }
    const value = lowerPattern(lowering, element.name, element.initializer)
    members.push({ key: name.text, value })
  }
  return { kind: 'object', members, ...(rest !== undefined && { rest }) }
}
