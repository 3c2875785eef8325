import type { Expression, Property } from '../../syntax/summary.ts'
import { describe } from './describe-value.ts'
import { lazily } from './evaluate-array.ts'
import type { Interpreter } from './interpreter.ts'
import { memo } from './memo.ts'
import { ObjectBuilder } from './object-builder.ts'
import { refuse } from './refusal.ts'
import type { Scope } from './scope.ts'
import { spreadInto } from './spread.ts'
import type { ObjectContent, ObjectValue, Value } from './value.ts'

export function evaluateObject(
  interpreter: Interpreter,
  expression: Expression & { kind: 'object' },
  scope: Scope,
): ObjectValue {
  const place = scope.module.place(expression)
  const content = memo<ObjectContent>(
    () => readContent(interpreter, expression.properties, scope),
    () => {
      const message = 'An object is spread into itself.'
      const unknown = [refuse(place, { code: 'NM2013', message })]
      return { entries: new Map(), unknown, overridden: [] }
    },
  )
  return { type: 'object', place, identity: {}, content }
}

/** What `...rest` holds: a copy without the keys that were taken out. */
export function evaluateRest(
  interpreter: Interpreter,
  expression: Expression & { kind: 'rest' },
  scope: Scope,
): Value {
  return omit(interpreter, interpreter.evaluate(expression.object, scope), expression.keys)
}

export function omit(interpreter: Interpreter, value: Value, keys: readonly string[]): Value {
  const { place } = value
  const content = memo<ObjectContent>(
    () => {
      const builder = new ObjectBuilder()
      spreadInto(builder, { interpreter, value, place, except: new Set(keys) })
      return builder.build()
    },
    () => {
      const message = 'An object is spread into itself.'
      const unknown = [refuse(place, { code: 'NM2013', message })]
      return { entries: new Map(), unknown, overridden: [] }
    },
  )
  return value.type === 'opaque' ? value : { type: 'object', place, identity: {}, content }
}

function readContent(
  interpreter: Interpreter,
  properties: readonly Property[],
  scope: Scope,
): ObjectContent {
  const builder = new ObjectBuilder()
  for (const property of properties) {
    const place = scope.module.place(property)
    if (property.kind === 'spread') {
      const value = interpreter.evaluate(property.value, scope)
      spreadInto(builder, { interpreter, value, place })
      continue
    }
    if (property.kind === 'body') {
      const message = 'The code of a declaration is not followed.'
      const value = (): Value => refuse(place, { code: 'NM2028', message })
      builder.set({ key: property.key, place, at: place, value })
      continue
    }
    const key = readKey(interpreter, property.key, scope)
    if (typeof key === 'string') {
      builder.set({ key, place, at: place, value: lazily(interpreter, property.value, scope) })
    } else {
      builder.addUnknown(
        refuse(place, {
          code: 'NM2020',
          message: `The key written here depends on ${describe(key)}.`,
        }),
      )
    }
  }
  return builder.build()
}

function readKey(interpreter: Interpreter, key: Expression | string, scope: Scope): string | Value {
  if (typeof key === 'string') return key
  const value = interpreter.evaluate(key, scope)
  return value.type === 'literal' ? String(value.value) : value
}
