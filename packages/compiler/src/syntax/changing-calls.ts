import { type Lowering, unwrap } from './lowering.ts'
import type { Mutation } from './summary.ts'
import type { ts } from './typescript.ts'

const arrayMethods = new Set([
  'push',
  'pop',
  'shift',
  'unshift',
  'splice',
  'sort',
  'reverse',
  'fill',
  'copyWithin',
])

const staticMethods = new Set([
  'Object.assign',
  'Object.defineProperty',
  'Object.defineProperties',
  'Object.setPrototypeOf',
  'Reflect.set',
  'Reflect.defineProperty',
  'Reflect.deleteProperty',
  'Reflect.setPrototypeOf',
])

/** An object that a node of the syntax tree changes, or may change. */
export interface ChangedObject {
  readonly target: ts.Expression
  /** What to mark. Default: the whole node. */
  readonly place?: ts.Node
  /** Default: `changed`. */
  readonly how?: Mutation['how']
  readonly callee?: string
}

/** The object that a call is known to change, or those that it hands to a function by name. */
export function changedByCall(
  lowering: Lowering,
  node: ts.CallExpression,
): readonly ChangedObject[] {
  const { ts } = lowering
  const callee = unwrap(lowering, node.expression)
  if (ts.isIdentifier(callee)) {
    return names(lowering, node).map((target) => ({
      target,
      place: target,
      how: 'handed',
      callee: callee.text,
    }))
  }
  if (!ts.isPropertyAccessExpression(callee)) return []
  const { expression, name } = callee
  if (arrayMethods.has(name.text)) return [{ target: expression }]
  return isStaticChange(lowering, callee)
    ? node.arguments.slice(0, 1).map((target) => ({ target }))
    : []
}

/** What a call whose result is not used may change; logging and freezing are known not to. */
export function passedTo(
  lowering: Lowering,
  node: ts.ExpressionStatement,
): readonly ChangedObject[] {
  const { ts } = lowering
  let call = unwrap(lowering, node.expression)
  if (ts.isAwaitExpression(call) || ts.isVoidExpression(call)) {
    call = unwrap(lowering, call.expression)
  }
  if (!ts.isCallExpression(call)) return []
  const callee = unwrap(lowering, call.expression)
  if (ts.isPropertyAccessExpression(callee)) {
    const { expression, name } = callee
    const owner = ts.isIdentifier(expression) ? expression.text : ''
    if (owner === 'console' || (owner === 'Object' && name.text === 'freeze')) return []
    if (isStaticChange(lowering, callee)) return []
  }
  return names(lowering, call).map((target) => ({ target, place: target, how: 'passed' }))
}

function isStaticChange({ ts }: Lowering, callee: ts.PropertyAccessExpression): boolean {
  const { expression, name } = callee
  return ts.isIdentifier(expression) && staticMethods.has(`${expression.text}.${name.text}`)
}

function names(lowering: Lowering, call: ts.CallExpression): readonly ts.Expression[] {
  return call.arguments.filter((argument) => lowering.ts.isIdentifier(unwrap(lowering, argument)))
}
