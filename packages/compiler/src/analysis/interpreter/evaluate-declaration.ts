import type { SourceModule } from '../source-module.ts'
import { changedLater, findChange } from './changes.ts'
import type { Interpreter } from './interpreter.ts'
import { withReference } from './reference.ts'
import { refuse } from './refusal.ts'
import type { Scope } from './scope.ts'
import type { Value } from './value.ts'

/** The value of a top-level declaration, with the names that it is declared and exported by. */
export function evaluateDeclaration(
  interpreter: Interpreter,
  module: SourceModule,
  name: string,
): Value {
  const declaration = module.declaration(name)
  if (declaration === undefined) throw new Error(`${module.file} does not declare ${name}.`)
  const place = module.place(declaration)
  if (declaration.keyword !== undefined) {
    return refuse(place, {
      code: 'NM2023',
      message: `\`${name}\` is declared with \`${declaration.keyword}\`, so it may hold another value later.`,
    })
  }
  const scope: Scope = { module, names: new Map() }
  const value = interpreter.evaluate(declaration.value, scope)
  const mutation = findChange(interpreter, { value, scope, mutations: module.mutationsOf(name) })
  if (mutation !== undefined) return changedLater(module, { name, place, mutation })
  const exported = module.exportedAs(name)
  const reference = exported === undefined ? undefined : { file: module.file, path: [exported] }
  const named = withReference(value, reference)
  return named.type === 'definition' && named.declared === undefined
    ? { ...named, declared: place }
    : named
}
