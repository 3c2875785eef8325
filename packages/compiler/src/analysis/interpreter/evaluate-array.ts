import type { Element, Expression } from '../../syntax/summary.ts'
import { describe, isFromPackage } from './describe-value.ts'
import type { Interpreter } from './interpreter.ts'
import { memo } from './memo.ts'
import { refuse } from './refusal.ts'
import type { Scope } from './scope.ts'
import type { ArgumentList, ArrayItem, ArrayValue, OpaqueValue, Value } from './value.ts'

export function evaluateArray(
  interpreter: Interpreter,
  expression: Expression & { kind: 'array' },
  scope: Scope,
): ArrayValue {
  const place = scope.module.place(expression)
  const elements = memo<Elements>(
    () => evaluateElements(interpreter, expression.elements, scope),
    () => ({
      items: [],
      unknown: refuse(place, { code: 'NM2028', message: 'The array contains itself.' }),
    }),
  )
  return {
    type: 'array',
    place,
    items: () => elements().items,
    unknown: () => elements().unknown,
  }
}

export function evaluateArguments(
  interpreter: Interpreter,
  elements: readonly Element[],
  scope: Scope,
): ArgumentList {
  const { items, unknown } = evaluateElements(interpreter, elements, scope)
  return { items: items.map(({ value }) => value), ...(unknown && { unknown }) }
}

interface Elements {
  readonly items: readonly ArrayItem[]
  readonly unknown: OpaqueValue | undefined
}

function evaluateElements(
  interpreter: Interpreter,
  elements: readonly Element[],
  scope: Scope,
): Elements {
  const items: ArrayItem[] = []
  let unknown: OpaqueValue | undefined
  for (const element of elements) {
    const place = scope.module.place(element)
    if (element.kind === 'value') {
      items.push({ place, value: lazily(interpreter, element.value, scope) })
      continue
    }
    const spread = interpreter.evaluate(element.value, scope)
    if (spread.type === 'array') {
      for (const [index, item] of spread.items().entries()) {
        items.push({ ...item, value: () => interpreter.member(spread, String(index), place) })
      }
    }
    unknown ??=
      spread.type === 'array' ? spread.unknown() : unreadableSpread(spread, scope, element)
  }
  return { items, unknown }
}

/** Evaluates an expression once, when first asked for. */
export function lazily(
  interpreter: Interpreter,
  expression: Expression,
  scope: Scope,
): () => Value {
  return memo<Value>(
    () => interpreter.evaluate(expression, scope),
    () =>
      refuse(scope.module.place(expression), {
        code: 'NM2028',
        message: 'The value depends on itself.',
      }),
  )
}

function unreadableSpread(spread: Value, scope: Scope, element: Element): OpaqueValue {
  if (spread.type === 'opaque') return spread
  return refuse(scope.module.place(element), {
    code: isFromPackage(spread) ? 'NM2025' : 'NM2028',
    message: `What is spread here is ${describe(spread)}, not an array that can be read.`,
  })
}
