import type { ProcedureModel } from '../model/model.ts'
import { formatPlace, type Place } from './interpreter/place.ts'
import type { DefinitionValue } from './interpreter/value.ts'
import type { Levels } from './read-levels.ts'
import { readLiteral, readOptions, type Reading } from './read-options.ts'

interface Found {
  readonly definition: DefinitionValue
  /** Where the route to it is written. */
  readonly place: Place
  readonly levels: Levels
}

/** What the model says of one procedure or stream; `undefined` if its declaration is wrong. */
export function readProcedure(
  reading: Reading,
  { definition, place, levels }: Found,
): ProcedureModel | undefined {
  const { kind, reference } = definition
  if (reference === undefined) {
    throw new Error(`The ${kind} at ${formatPlace(definition.place)} can't be reached.`)
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
    kind: kind === 'stream' ? 'stream' : 'call',
    readonly,
    source: reference,
    guards: levels.guards,
    middleware: levels.middleware,
    filters: levels.filters,
    at: formatPlace(definition.declared ?? place),
  }
}

/** The option `readonly`, once the options are known to be whole. Streams have none. */
function readReadonly(reading: Reading, definition: DefinitionValue): boolean | undefined {
  const options = readOptions(reading, definition)
  if (options === undefined) return undefined
  if (definition.kind === 'stream') return false
  const read = readLiteral(reading, {
    definition,
    options,
    key: 'readonly',
    accepts: (value) => value === undefined || typeof value === 'boolean',
    code: 'NM2015',
    expected: '`true` or `false`',
  })
  return read && (read.value ?? false)
}
