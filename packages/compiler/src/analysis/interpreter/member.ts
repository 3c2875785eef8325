import { definerKind, isDefiningPackage } from './definers.ts'
import { describe } from './describe-value.ts'
import { namespaceMember } from './namespace.ts'
import type { Interpreter } from './interpreter.ts'
import type { Place } from './place.ts'
import { memberReference, withReference } from './reference.ts'
import { refuse } from './refusal.ts'
import type { ArrayValue, DefinitionValue, ExternalValue, ObjectValue, Value } from './value.ts'

/** The value of `value.key`, reached through `value` if it can't be imported by itself. */
export function evaluateMemberOf(
  interpreter: Interpreter,
  value: Value,
  key: string,
  place: Place,
): Value {
  const member = readMember(interpreter, value, key, place)
  return withReference(member, memberReference(value.reference, key))
}

function readMember(interpreter: Interpreter, value: Value, key: string, place: Place): Value {
  switch (value.type) {
    case 'opaque':
      return value
    case 'object':
      return memberOfObject(value, key, place)
    case 'array':
      return memberOfArray(value, key, place)
    case 'namespace':
      return namespaceMember(interpreter, value, key, place)
    case 'definition':
      return memberOfDefinition(interpreter, value, key, place)
    case 'external':
      return memberOfExternal(value, key, place)
    default:
      return refuse(place, {
        code: 'NM2028',
        message: `The member \`${key}\` of ${describe(value)} is only known when the program runs.`,
        ...(value.type === 'promise' && { hint: 'Put `await` before the import.' }),
      })
  }
}

function memberOfObject(object: ObjectValue, key: string, place: Place): Value {
  const { entries, unknown } = object.content()
  const entry = entries.get(key)
  if (entry !== undefined) return entry.uncertain ?? entry.value()
  return unknown[0] ?? { type: 'literal', place, value: undefined }
}

const computing = new Set([
  'map',
  'filter',
  'reduce',
  'reduceRight',
  'flatMap',
  'flat',
  'concat',
  'forEach',
  'entries',
])

function memberOfArray(array: ArrayValue, key: string, place: Place): Value {
  if (computing.has(key)) {
    return refuse(place, {
      code: 'NM2022',
      message: `The result of \`.${key}()\` is computed when the program runs.`,
    })
  }
  const index = /^\d+$/.test(key) ? Number(key) : undefined
  if (index === undefined) {
    const message = `The member \`${key}\` of an array is not followed.`
    return refuse(place, { code: 'NM2028', message })
  }
  const unknown = array.unknown()
  if (unknown !== undefined) return unknown
  return array.items()[index]?.value() ?? { type: 'literal', place, value: undefined }
}

const routerLists = new Set(['guards', 'middleware', 'filters'])

function memberOfDefinition(
  interpreter: Interpreter,
  definition: DefinitionValue,
  key: string,
  place: Place,
): Value {
  const { kind, arguments: args } = definition
  if (args.unknown !== undefined) return args.unknown
  if (kind === 'router' && key === 'routes') return args.items[0]?.() ?? undefinedAt(place)
  if (kind === 'router' && routerLists.has(key)) {
    const options = args.items[1]?.() ?? undefinedAt(place)
    return isUndefined(options) ? options : interpreter.member(options, key, place)
  }
  if (kind === 'application' && (key === 'router' || key === 'plugins')) {
    return interpreter.member(args.items[0]?.() ?? undefinedAt(place), key, place)
  }
  // The first argument is the options of `definePlugin`, or the plugin that `configurePlugin` configures.
  if (kind === 'plugin' && key === 'router') {
    return interpreter.member(args.items[0]?.() ?? undefinedAt(place), key, place)
  }
  const message = `The member \`${key}\` of ${describe(definition)} is not followed.`
  return refuse(place, { code: 'NM2028', message })
}

function memberOfExternal(external: ExternalValue, key: string, place: Place): Value {
  if (external.namespace && isDefiningPackage(external.module ?? '')) {
    const kind = definerKind(key)
    if (kind !== undefined) return { type: 'definer', kind, place }
  }
  const { origin, module } = external
  const name = `${external.name}.${key}`
  return { type: 'external', place, origin, name, ...(module !== undefined && { module }) }
}

function undefinedAt(place: Place): Value {
  return { type: 'literal', place, value: undefined }
}

function isUndefined(value: Value): boolean {
  return value.type === 'literal' && value.value === undefined
}
