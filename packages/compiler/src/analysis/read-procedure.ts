import type { ProcedureModel } from '../model/model.ts'
import { describe, isFromPackage } from './interpreter/describe-value.ts'
import type { Interpreter } from './interpreter/interpreter.ts'
import { formatPlace, type Place } from './interpreter/place.ts'
import type { DefinitionValue, ObjectValue } from './interpreter/value.ts'
import type { Levels } from './read-levels.ts'
import type { Report } from './report.ts'

interface Reading {
  readonly interpreter: Interpreter
  readonly report: Report
}

interface Found {
  readonly definition: DefinitionValue
  /** Where the route to it is written. */
  readonly place: Place
  readonly levels: Levels
}

/** What the model says of one procedure; `undefined` if its declaration is wrong. */
export function readProcedure(
  reading: Reading,
  { definition, place, levels }: Found,
): ProcedureModel | undefined {
  const { reference } = definition
  if (reference === undefined) {
    throw new Error(`The procedure at ${formatPlace(definition.place)} can't be reached.`)
  }
  const possible = definition.alternatives ?? [definition]
  const answers = possible.map((one) => readReadonly(reading, one))
  const [readonly] = answers
  if (readonly === undefined || answers.includes(undefined)) return undefined
  if (answers.includes(!readonly)) {
    reading.report.add('NM2021', {
      message: 'A condition chooses between a procedure that is `readonly` and one that is not.',
      place: definition.place,
    })
    return undefined
  }
  return {
    kind: 'call',
    readonly,
    source: reference,
    guards: levels.guards,
    middleware: levels.middleware,
    filters: levels.filters,
    at: formatPlace(definition.declared ?? place),
  }
}

/** The option `readonly`, once the options are known to be whole. */
function readReadonly(reading: Reading, definition: DefinitionValue): boolean | undefined {
  const { interpreter, report } = reading
  const options = readOptions(reading, definition)
  if (options === undefined || !hasHandler(reading, definition, options)) return undefined
  const value = interpreter.member(options, 'readonly', definition.place)
  if (value.type === 'literal') {
    if (value.value === undefined) return false
    if (typeof value.value === 'boolean') return value.value
  }
  const [unknown] = options.content().unknown
  const entry = options.content().entries.get('readonly')
  if (unknown !== undefined && (entry === undefined || entry.uncertain !== undefined)) {
    report.refusal(unknown, { message: 'The procedure is declared here', place: definition.place })
    return undefined
  }
  report.add('NM2015', {
    message: `\`readonly\` is ${describe(value)}, not \`true\` or \`false\`.`,
    place: entry?.place ?? definition.place,
  })
  return undefined
}

function readOptions({ report }: Reading, definition: DefinitionValue): ObjectValue | undefined {
  const { arguments: args, place } = definition
  const options = args.unknown ?? args.items[0]?.()
  if (options?.type === 'object') return options
  const neededBy = { message: 'The procedure is declared here', place }
  if (options?.type === 'opaque') report.refusal(options, neededBy)
  else if (options === undefined) {
    report.add('NM2014', { message: 'This procedure has no options, and so no handler.', place })
  } else {
    const code = isFromPackage(options) ? 'NM2025' : 'NM2017'
    const message = `The options of this procedure are ${describe(options)}, not an object that can be read.`
    report.add(code, { message, place })
  }
  return undefined
}

function hasHandler(
  { interpreter, report }: Reading,
  definition: DefinitionValue,
  options: ObjectValue,
): boolean {
  const { place } = definition
  const handler = interpreter.member(options, 'handler', place)
  const { entries, unknown } = options.content()
  const [part] = unknown
  if (!entries.has('handler') && part !== undefined) {
    report.refusal(part, { message: 'The procedure is declared here', place })
    return false
  }
  if (handler.type !== 'literal') return true
  const written = entries.get('handler')
  report.add('NM2014', {
    message: written
      ? `The handler of this procedure is ${describe(handler)}.`
      : 'This procedure has no handler.',
    place: written?.place ?? place,
  })
  return false
}
