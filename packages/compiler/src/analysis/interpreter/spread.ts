import { definerName } from './definers.ts'
import { describe, isFromPackage } from './describe-value.ts'
import { namespaceContent } from './namespace.ts'
import type { Interpreter } from './interpreter.ts'
import type { ObjectBuilder } from './object-builder.ts'
import type { Place } from './place.ts'
import { refuse, type Refusal } from './refusal.ts'
import type { ObjectContent, Value } from './value.ts'

interface Spread {
  readonly interpreter: Interpreter
  readonly value: Value
  /** Of the spread. */
  readonly place: Place
  readonly except?: ReadonlySet<string>
}

/** Adds what `...value` adds to an object. */
export function spreadInto(builder: ObjectBuilder, spread: Spread): void {
  const { interpreter, value, place, except } = spread
  if (value.type === 'opaque') return builder.addUnknown(value)
  const content = contentOf(interpreter, value)
  if (content === undefined) {
    // Spreading `undefined`, `null`, a number or a boolean adds nothing.
    if (value.type === 'literal' && typeof value.value !== 'string') return
    return builder.addUnknown(refuse(place, refusalOf(value)))
  }
  for (const [key, entry] of content.entries) {
    if (except?.has(key)) continue
    const member = (): Value => interpreter.member(value, key, place)
    builder.set({ key, place: entry.place, at: place, value: member })
  }
  for (const unknown of content.unknown) builder.addUnknown(unknown)
  builder.inheritOverrides(content)
}

/** The entries of an object or of a module; `undefined` for anything else. */
export function contentOf(interpreter: Interpreter, value: Value): ObjectContent | undefined {
  if (value.type === 'object') return value.content()
  if (value.type === 'namespace') return namespaceContent(interpreter, value)
  return undefined
}

function refusalOf(value: Value): Refusal {
  if (isFromPackage(value)) {
    return { code: 'NM2025', message: `What is spread here is ${describe(value)}.` }
  }
  if (value.type === 'definition') {
    const hint =
      value.kind === 'router'
        ? 'Spread its routes: `...router.routes`.'
        : `Spread the options that were given to \`${definerName(value.kind)}\`.`
    return { code: 'NM2028', message: `What is spread here is ${describe(value)}.`, hint }
  }
  if (value.type === 'promise') {
    return {
      code: 'NM2028',
      message: 'What is spread here is a promise.',
      hint: 'Put `await` before it.',
    }
  }
  return { code: 'NM2028', message: `What is spread here is ${describe(value)}.` }
}
