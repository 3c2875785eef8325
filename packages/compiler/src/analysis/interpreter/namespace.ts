import { bindingValue, exportNames, resolveExport } from './exports.ts'
import type { Interpreter } from './interpreter.ts'
import { ObjectBuilder } from './object-builder.ts'
import type { Place } from './place.ts'
import { refuse } from './refusal.ts'
import type { NamespaceValue, ObjectContent, Value } from './value.ts'

/** `ns.key` for `import * as ns`. */
export function namespaceMember(
  interpreter: Interpreter,
  namespace: NamespaceValue,
  key: string,
  place: Place,
): Value {
  const binding = resolveExport(interpreter, namespace.file, key)
  if (binding !== undefined) return bindingValue(interpreter, binding, place)
  return refuse(place, {
    code: 'NM2006',
    message: `The module ${namespace.file} does not export \`${key}\`.`,
  })
}

/** All exports of a module, as spreading its namespace gives them. Types don't exist at run time. */
export function namespaceContent(
  interpreter: Interpreter,
  namespace: NamespaceValue,
): ObjectContent {
  const builder = new ObjectBuilder()
  const { names, unknown } = exportNames(interpreter, namespace.file)
  for (const [key, place] of [...names].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const binding = resolveExport(interpreter, namespace.file, key)
    if (binding === undefined || binding.kind === 'type') continue
    const value = (): Value => bindingValue(interpreter, binding, place)
    builder.set({ key, place, at: place, value })
  }
  for (const part of unknown) builder.addUnknown(part)
  return builder.build()
}
