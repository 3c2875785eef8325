import type { Expression } from '../../syntax/summary.ts'
import { describeOpaque } from './describe-opaque.ts'
import { describe } from './describe-value.ts'
import { evaluateArray } from './evaluate-array.ts'
import { evaluateCall } from './evaluate-call.ts'
import { evaluateConditional, evaluateLogical } from './evaluate-condition.ts'
import { evaluateName } from './evaluate-name.ts'
import { evaluateObject, evaluateRest } from './evaluate-object.ts'
import { bindImport, bindingValue } from './exports.ts'
import type { Interpreter } from './interpreter.ts'
import { refuse } from './refusal.ts'
import type { Scope } from './scope.ts'
import { truthiness } from './truthiness.ts'
import type { Value } from './value.ts'

/** Dispatches on the kind of an expression. */
export function evaluateExpression(
  interpreter: Interpreter,
  expression: Expression,
  scope: Scope,
): Value {
  const place = scope.module.place(expression)
  switch (expression.kind) {
    case 'literal':
      return { type: 'literal', place, value: expression.value }
    case 'identifier':
      return evaluateName(interpreter, expression, scope)
    case 'member':
      return evaluateMember(interpreter, expression, scope)
    case 'object':
      return evaluateObject(interpreter, expression, scope)
    case 'rest':
      return evaluateRest(interpreter, expression, scope)
    case 'array':
      return evaluateArray(interpreter, expression, scope)
    case 'template':
      return evaluateTemplate(interpreter, expression, scope)
    case 'call':
      return evaluateCall(interpreter, expression, scope)
    case 'function':
      return { type: 'function', place, code: expression, scope }
    case 'conditional':
      return evaluateConditional(interpreter, expression, scope)
    case 'logical':
      return evaluateLogical(interpreter, expression, scope)
    case 'not': {
      const truthy = truthiness(interpreter.evaluate(expression.value, scope))
      return truthy === undefined
        ? describeOpaque('operator', place)
        : { type: 'literal', place, value: !truthy }
    }
    case 'await': {
      const value = interpreter.evaluate(expression.value, scope)
      return value.type === 'promise' ? value.value : value
    }
    case 'import': {
      const binding = bindImport(interpreter, scope.module, { ...expression, name: '*' })
      return { type: 'promise', place, value: bindingValue(interpreter, binding, place) }
    }
    case 'opaque':
      return describeOpaque(expression.why, place)
  }
}

function evaluateMember(
  interpreter: Interpreter,
  expression: Expression & { kind: 'member' },
  scope: Scope,
): Value {
  const place = scope.module.place(expression)
  const object = interpreter.evaluate(expression.object, scope)
  if (typeof expression.key === 'string') return interpreter.member(object, expression.key, place)
  if (object.type === 'opaque') return object
  const key = interpreter.evaluate(expression.key, scope)
  if (key.type === 'literal') return interpreter.member(object, String(key.value), place)
  return refuse(scope.module.place(expression.key), {
    code: 'NM2020',
    message: `Which member is read here depends on ${describe(key)}.`,
  })
}

function evaluateTemplate(
  interpreter: Interpreter,
  expression: Expression & { kind: 'template' },
  scope: Scope,
): Value {
  let text = ''
  for (const part of expression.parts) {
    if (typeof part === 'string') {
      text += part
      continue
    }
    const value = interpreter.evaluate(part, scope)
    if (value.type === 'opaque') return value
    if (value.type !== 'literal') {
      return refuse(scope.module.place(part), {
        code: 'NM2028',
        message: `The text written here depends on ${describe(value)}.`,
      })
    }
    text += String(value.value)
  }
  return { type: 'literal', place: scope.module.place(expression), value: text }
}
