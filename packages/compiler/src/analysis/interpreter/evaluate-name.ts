import type { Expression } from '../../syntax/summary.ts'
import { bindImport, bindingValue } from './exports.ts'
import type { Interpreter } from './interpreter.ts'
import { refuse } from './refusal.ts'
import { lookUp, type Scope } from './scope.ts'
import type { Value } from './value.ts'

/** A name: a parameter or local constant, a declaration of the module, an import, or a global. */
export function evaluateName(
  interpreter: Interpreter,
  { name, ...span }: Expression & { kind: 'identifier' },
  scope: Scope,
): Value {
  const { module } = scope
  const place = module.place(span)
  const local = lookUp(scope, name)
  if (local !== undefined) return local()
  if (module.declaration(name) !== undefined) return interpreter.declaration(module, name)
  const imported = module.import(name)
  if (imported?.typeOnly || (imported === undefined && module.isType(name))) {
    return refuse(place, { code: 'NM2028', message: `\`${name}\` is only a type here.` })
  }
  if (imported !== undefined) {
    return bindingValue(interpreter, bindImport(interpreter, module, imported), place)
  }
  if (name === 'undefined') return { type: 'literal', place, value: undefined }
  return { type: 'external', place, origin: 'global', name }
}
