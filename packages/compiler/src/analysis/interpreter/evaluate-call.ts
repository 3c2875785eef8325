import type { Expression } from '../../syntax/summary.ts'
import { describe } from './describe-value.ts'
import { evaluateArguments } from './evaluate-array.ts'
import type { Interpreter } from './interpreter.ts'
import { refuse, type Refusal } from './refusal.ts'
import type { Scope } from './scope.ts'
import type { ExternalValue, Value } from './value.ts'

/** A call: of a `define…` function, of a function that is read, or of one that isn't. */
export function evaluateCall(
  interpreter: Interpreter,
  expression: Expression & { kind: 'call' },
  scope: Scope,
): Value {
  const place = scope.module.place(expression)
  const callee = interpreter.evaluate(expression.callee, scope)
  if (callee.type === 'opaque') return callee
  if (callee.type === 'external') return callExternal(interpreter, callee, expression, scope)
  if (callee.type !== 'definer' && callee.type !== 'function') {
    const message = `What is called here is ${describe(callee)}, not a function.`
    return refuse(place, { code: 'NM2028', message })
  }
  const args = evaluateArguments(interpreter, expression.arguments, scope)
  if (callee.type === 'function') return interpreter.call(callee, args, place)
  return { type: 'definition', kind: callee.kind, identity: {}, arguments: args, place }
}

const tables = new Set([
  'Object.fromEntries',
  'Object.entries',
  'Object.keys',
  'Object.values',
  'Object.assign',
  'Object.create',
  'Object.groupBy',
  'Array.from',
])

/** Give back what they are given. */
const transparent = new Set(['Object.freeze', 'Object.seal', 'Object.preventExtensions'])

function callExternal(
  interpreter: Interpreter,
  callee: ExternalValue,
  expression: Expression & { kind: 'call' },
  scope: Scope,
): Value {
  const place = scope.module.place(expression)
  const { name, origin } = callee
  const [first] = expression.arguments
  if (origin === 'global' && transparent.has(name) && first?.kind === 'value') {
    return interpreter.evaluate(first.value, scope)
  }
  if (origin === 'global' && tables.has(name)) {
    const hint =
      name === 'Object.assign' ? 'Use spreads instead: `{ ...first, ...second }`.' : undefined
    const message = `The result of \`${name}()\` is computed when the program runs.`
    return refuse(place, { code: 'NM2022', message, ...(hint !== undefined && { hint }) })
  }
  return refuse(place, resultOf(callee))
}

function resultOf(callee: ExternalValue): Refusal {
  if (callee.origin === 'package') {
    return { code: 'NM2025', message: `This is made by ${describe(callee)}, which is not read.` }
  }
  const message = `The result of ${describe(callee)} is only known when the program runs.`
  return { code: 'NM2028', message }
}
