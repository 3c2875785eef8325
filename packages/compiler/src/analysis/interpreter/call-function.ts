import { type Binder, bindPattern } from './bind-pattern.ts'
import { changedLater, findChange } from './changes.ts'
import { describeOpaque } from './describe-opaque.ts'
import { lazily } from './evaluate-array.ts'
import type { Interpreter } from './interpreter.ts'
import type { Place } from './place.ts'
import { refuse } from './refusal.ts'
import type { Scope } from './scope.ts'
import type { ArgumentList, FunctionValue, Lazy, Value } from './value.ts'

/** What a function returns: its parameters and constants are bound, and its result is evaluated. */
export function callFunction(
  interpreter: Interpreter,
  callee: FunctionValue,
  args: ArgumentList,
  place: Place,
): Value {
  const { code } = callee
  const { module } = callee.scope
  if (code.result.kind === 'opaque') {
    const { place: at, refusal } = describeOpaque(code.result.why, module.place(code.result))
    return refuse(at, { ...refusal, related: [{ message: 'The function is called here', place }] })
  }
  if (args.unknown !== undefined) return args.unknown
  const names = new Map<string, Lazy>()
  const scope: Scope = { module, names, parent: callee.scope }
  const bind = { interpreter, scope, names }
  for (const [index, { pattern, rest, ...span }] of code.parameters.entries()) {
    const value = rest
      ? restOf(args, index, module.place(span))
      : (args.items[index] ?? ((): Value => ({ type: 'literal', place, value: undefined })))
    bindPattern(bind, pattern, value)
  }
  for (const { pattern, value } of code.locals) {
    bindPattern(bind, pattern, lazily(interpreter, value, scope))
  }
  for (const { root } of code.mutations ?? []) refuseChanged(bind, callee, root)
  return interpreter.evaluate(code.result, scope)
}

/** An object that the function changes is not what its definition says. */
function refuseChanged(
  { interpreter, names, scope }: Binder,
  { code, scope: { module } }: FunctionValue,
  name: string,
): void {
  const value = names.get(name)
  if (value === undefined) return
  const mutations = (code.mutations ?? []).filter(({ root }) => root === name)
  names.set(name, () => {
    const known = value()
    const mutation = findChange(interpreter, { value: known, scope, mutations })
    return mutation ? changedLater(module, { name, place: known.place, mutation }) : known
  })
}

function restOf(args: ArgumentList, from: number, place: Place): Lazy {
  const items = args.items.slice(from).map((value) => ({ place, value }))
  return () => ({ type: 'array', place, items: () => items, unknown: () => undefined })
}
