import type { Expression, Pattern } from '../../syntax/summary.ts'
import { omit } from './evaluate-object.ts'
import { lazily } from './evaluate-array.ts'
import type { Interpreter } from './interpreter.ts'
import type { Scope } from './scope.ts'
import type { Lazy } from './value.ts'

export interface Binder {
  readonly interpreter: Interpreter
  readonly scope: Scope
  /** Those of `scope`, while they are being added. */
  readonly names: Map<string, Lazy>
}

/** Gives each name of a pattern the part of the value that it stands for. */
export function bindPattern(binder: Binder, pattern: Pattern, whole: Lazy): void {
  const { interpreter, names, scope } = binder
  if (pattern.kind === 'unreadable') return
  const value = withDefault(binder, whole, pattern.default)
  const place = scope.module.place(pattern)
  if (pattern.kind === 'name') {
    names.set(pattern.name, value)
    return
  }
  if (pattern.kind === 'array') {
    for (const [index, item] of pattern.items.entries()) {
      if (item === null) continue
      bindPattern(binder, item, () => interpreter.member(value(), String(index), place))
    }
    return
  }
  for (const member of pattern.members) {
    bindPattern(binder, member.value, () => interpreter.member(value(), member.key, place))
  }
  if (pattern.rest !== undefined) {
    const keys = pattern.members.map(({ key }) => key)
    names.set(pattern.rest, () => omit(interpreter, value(), keys))
  }
}

function withDefault(binder: Binder, value: Lazy, fallback: Expression | undefined): Lazy {
  if (fallback === undefined) return value
  const otherwise = lazily(binder.interpreter, fallback, binder.scope)
  return () => {
    const given = value()
    return given.type === 'literal' && given.value === undefined ? otherwise() : given
  }
}
