import type { Mutation } from '../../syntax/summary.ts'
import type { SourceModule } from '../source-module.ts'
import { evaluateName } from './evaluate-name.ts'
import type { Interpreter } from './interpreter.ts'
import type { Place } from './place.ts'
import { refuse } from './refusal.ts'
import type { Scope } from './scope.ts'
import type { OpaqueValue, Value } from './value.ts'

interface Changes {
  readonly value: Value
  /** Where the mutations are written. */
  readonly scope: Scope
  readonly mutations: readonly Mutation[]
}

/** The first place that makes a value something else than its definition says. */
export function findChange(interpreter: Interpreter, changes: Changes): Mutation | undefined {
  return changes.mutations.find((mutation) => concerns(interpreter, mutation, changes))
}

/** Descriptors are frozen, but the table of routes that a router was given is not. */
function concerns(
  interpreter: Interpreter,
  mutation: Mutation,
  { value, scope }: Changes,
): boolean {
  const { how, callee } = mutation
  const plain = value.type === 'object' || value.type === 'array'
  if (how === 'changed' && value.type === 'definition') {
    return ['router', 'application', 'plugin'].includes(value.kind)
  }
  if (!plain || how !== 'handed') return plain
  const { at, end } = mutation
  const called = evaluateName(
    interpreter,
    { kind: 'identifier', name: callee ?? '', at, end },
    scope,
  )
  if (called.type !== 'function' || called.code.result.kind !== 'opaque') return false
  return called.code.result.why === 'function-effects'
}

export function changedLater(
  module: SourceModule,
  change: { readonly name: string; readonly place: Place; readonly mutation: Mutation },
): OpaqueValue {
  const { name, place, mutation } = change
  return refuse(module.place(mutation), {
    code: 'NM2024',
    ...describeChange(name, mutation),
    related: [{ message: 'It is defined here', place }],
  })
}

/** The words for a change, whichever module it is in. */
export function describeChange(
  name: string,
  { how }: Mutation,
): { readonly message: string; readonly hint?: string } {
  const shown = name.startsWith('#') || name === 'default' ? 'The value' : `\`${name}\``
  if (how === 'changed') return { message: `${shown} is changed here, after its definition.` }
  return {
    message: `${shown} is passed to a function that may change it.`,
    hint: 'Make the function return a new object, and use that one.',
  }
}
