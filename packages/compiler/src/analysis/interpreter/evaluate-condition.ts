import type { Expression } from '../../syntax/summary.ts'
import { describe } from './describe-value.ts'
import type { Interpreter } from './interpreter.ts'
import type { Place } from './place.ts'
import { refuse } from './refusal.ts'
import type { Scope } from './scope.ts'
import { isNullish, truthiness } from './truthiness.ts'
import type { DefinitionValue, Value } from './value.ts'

/**
 * `test ? a : b`. A test that the source decides picks a side. Otherwise both sides may be declarations
 * of one kind that holds no routes: then what is there is known, and only which one runs is not.
 */
export function evaluateConditional(
  interpreter: Interpreter,
  expression: Expression & { kind: 'conditional' },
  scope: Scope,
): Value {
  const place = scope.module.place(expression)
  const test = interpreter.evaluate(expression.test, scope)
  const truthy = truthiness(test)
  if (truthy !== undefined) {
    return interpreter.evaluate(truthy ? expression.whenTrue : expression.whenFalse, scope)
  }
  const a = interpreter.evaluate(expression.whenTrue, scope)
  const b = interpreter.evaluate(expression.whenFalse, scope)
  if (a.type === 'definition' && b.type === 'definition' && a.kind === b.kind) {
    if (a.identity === b.identity) return a
    if (a.kind !== 'router' && a.kind !== 'application') return either(a, b, place)
  }
  return undecided(test, place)
}

/** `a && b`, `a || b`, `a ?? b`. */
export function evaluateLogical(
  interpreter: Interpreter,
  expression: Expression & { kind: 'logical' },
  scope: Scope,
): Value {
  const left = interpreter.evaluate(expression.left, scope)
  const { operator } = expression
  const test = operator === '??' ? isNullish(left) : truthiness(left)
  if (test === undefined) return undecided(left, scope.module.place(expression))
  const takesRight = operator === '||' ? !test : test
  return takesRight ? interpreter.evaluate(expression.right, scope) : left
}

/** A new value with no import of its own: importing one of the two would choose for the program. */
function either(a: DefinitionValue, b: DefinitionValue, place: Place): DefinitionValue {
  return {
    type: 'definition',
    kind: a.kind,
    identity: {},
    arguments: a.arguments,
    place,
    alternatives: [...(a.alternatives ?? [a]), ...(b.alternatives ?? [b])],
  }
}

function undecided(test: Value, place: Place): Value {
  return refuse(place, {
    code: 'NM2021',
    message: `What stands here depends on a condition: ${describe(test)}.`,
  })
}
