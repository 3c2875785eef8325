import { lowerFunction } from './lower-function.ts'
import { type Lowering, opaque, spanOf } from './lowering.ts'
import type { Element, Expression, Property } from './summary.ts'
import type { ts } from './typescript.ts'

export function lowerObject(lowering: Lowering, node: ts.ObjectLiteralExpression): Expression {
  const properties = node.properties.map((property) => lowerProperty(lowering, property))
  return { ...spanOf(lowering, node), kind: 'object', properties }
}

export function lowerArray(lowering: Lowering, node: ts.ArrayLiteralExpression): Expression {
  return {
    ...spanOf(lowering, node),
    kind: 'array',
    elements: lowerArguments(lowering, node.elements),
  }
}

/** Arguments of a call, or elements of an array: either may spread others. */
export function lowerArguments(lowering: Lowering, nodes: readonly ts.Expression[]): Element[] {
  return nodes.map((node) => {
    const spread = lowering.ts.isSpreadElement(node)
    return {
      ...spanOf(lowering, node),
      kind: spread ? 'spread' : 'value',
      value: lowering.lower(spread ? node.expression : node),
    }
  })
}

/** The options that the model needs; code and schemas are reduced to their being there. */
export function lowerOptions(lowering: Lowering, node: ts.ObjectLiteralExpression): Element {
  const { ts } = lowering
  const properties = node.properties.map((property): Property => {
    const key = property.name && ts.isIdentifier(property.name) ? property.name.text : undefined
    if (key === undefined || kept.has(key)) return lowerProperty(lowering, property)
    return { ...spanOf(lowering, property.name ?? property), kind: 'body', key }
  })
  const span = spanOf(lowering, node)
  return { ...span, kind: 'value', value: { ...span, kind: 'object', properties } }
}

const kept = new Set(['readonly'])

function lowerProperty(lowering: Lowering, node: ts.ObjectLiteralElementLike): Property {
  const { ts } = lowering
  if (ts.isSpreadAssignment(node)) {
    const value = lowering.lower(node.expression)
    return { ...spanOf(lowering, node), kind: 'spread', value }
  }
  const key = lowerPropertyName(lowering, node.name)
  const span = spanOf(lowering, node.name)
  if (ts.isPropertyAssignment(node)) {
    return { ...span, kind: 'value', key, value: lowering.lower(node.initializer) }
  }
  if (ts.isShorthandPropertyAssignment(node)) {
    return { ...span, kind: 'value', key, value: lowering.lower(node.name) }
  }
  if (ts.isMethodDeclaration(node)) {
    return { ...span, kind: 'value', key, value: lowerFunction(lowering, node) }
  }
  return { ...span, kind: 'value', key, value: opaque(lowering, node, 'accessor') }
}

/** The name itself, or what computes it. */
export function lowerPropertyName(lowering: Lowering, name: ts.PropertyName): string | Expression {
  const { ts } = lowering
  if (ts.isComputedPropertyName(name)) return lowering.lower(name.expression)
  if (ts.isNumericLiteral(name)) return String(Number(name.text))
  return name.text
}
