import type { DiagnosticCode } from '../diagnostics/catalogue.ts'
import { describe, isFromPackage } from './interpreter/describe-value.ts'
import type { Interpreter } from './interpreter/interpreter.ts'
import type { DefinitionValue, LiteralValue, ObjectValue } from './interpreter/value.ts'
import type { Report } from './report.ts'

export interface Reading {
  readonly interpreter: Interpreter
  readonly report: Report
}

/** The options of a definition that runs a handler; `undefined` after a report. */
export function readOptions(
  reading: Reading,
  definition: DefinitionValue,
): ObjectValue | undefined {
  const { report } = reading
  const { arguments: args, kind, place } = definition
  const options = args.unknown ?? args.items[0]?.()
  if (options?.type === 'object') {
    return hasHandler(reading, definition, options) ? options : undefined
  }
  if (options?.type === 'opaque') report.refusal(options, declaredHere(definition))
  else if (options === undefined) {
    report.add('NM2014', { message: `This ${kind} has no options, and so no handler.`, place })
  } else {
    const code = isFromPackage(options) ? 'NM2025' : 'NM2017'
    const message = `The options of this ${kind} are ${describe(options)}, not an object that can be read.`
    report.add(code, { message, place })
  }
  return undefined
}

function hasHandler(
  { interpreter, report }: Reading,
  definition: DefinitionValue,
  options: ObjectValue,
): boolean {
  const { kind, place } = definition
  const handler = interpreter.member(options, 'handler', place)
  const { entries, unknown } = options.content()
  const [part] = unknown
  if (!entries.has('handler') && part !== undefined) {
    report.refusal(part, declaredHere(definition))
    return false
  }
  if (handler.type !== 'literal') return true
  const written = entries.get('handler')
  report.add('NM2014', {
    message: written
      ? `The handler of this ${kind} is ${describe(handler)}.`
      : `This ${kind} has no handler.`,
    place: written?.place ?? place,
  })
  return false
}

export interface LiteralRequest<T> {
  readonly definition: DefinitionValue
  readonly options: ObjectValue
  readonly key: string
  readonly accepts: (value: LiteralValue['value']) => value is T & LiteralValue['value']
  /** What to report for anything else. */
  readonly code: DiagnosticCode
  /** What is accepted: "`true` or `false`". */
  readonly expected: string
}

/** The value of an option that must be a literal, since the model holds it; `undefined` after a report. */
export function readLiteral<T>(
  { interpreter, report }: Reading,
  request: LiteralRequest<T>,
): { readonly value: T } | undefined {
  const { definition, options, key, accepts, code, expected } = request
  const value = interpreter.member(options, key, definition.place)
  if (value.type === 'literal' && accepts(value.value)) return { value: value.value }
  const { entries, unknown } = options.content()
  const [part] = unknown
  const entry = entries.get(key)
  if (part !== undefined && (entry === undefined || entry.uncertain !== undefined)) {
    report.refusal(part, declaredHere(definition))
    return undefined
  }
  const message =
    value.type === 'literal' && value.value === undefined
      ? `This ${definition.kind} has no \`${key}\`.`
      : `\`${key}\` is ${describe(value)}, not ${expected}.`
  report.add(code, { message, place: entry?.place ?? definition.place })
  return undefined
}

function declaredHere({ kind, place }: DefinitionValue) {
  return { message: `The ${kind} is declared here`, place }
}
