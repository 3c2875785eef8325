import type { CommandModel, JobModel } from '../model/model.ts'
import { formatPlace } from './interpreter/place.ts'
import type { DefinitionValue } from './interpreter/value.ts'
import { type Exported, readExported } from './read-exported.ts'
import { readLiteral, readOptions, type Reading } from './read-options.ts'

interface Request extends Reading {
  /** The app's name in the config. */
  readonly app: string
  readonly files: readonly string[]
}

/** The pool of a job that names none. */
const defaultPool = 'io'

/** The jobs of an app by name, sorted. */
export function readJobs(request: Request): Readonly<Record<string, JobModel>> {
  return collect(readExported({ ...request, kind: 'job' }), (exported) => {
    const pool = readPool(request, exported.definition)
    return pool === undefined ? undefined : { ...describeExport(exported), pool }
  })
}

/** The commands of an app by name, sorted. */
export function readCommands(request: Request): Readonly<Record<string, CommandModel>> {
  return collect(readExported({ ...request, kind: 'command' }), (exported) => {
    const { definition } = exported
    const possible = definition.alternatives ?? [definition]
    const whole = possible.filter((one) => readOptions(request, one) !== undefined)
    return whole.length === possible.length ? describeExport(exported) : undefined
  })
}

function collect<T>(
  found: ReadonlyMap<string, Exported>,
  read: (exported: Exported) => T | undefined,
): Readonly<Record<string, T>> {
  const entries = [...found].flatMap(([name, exported]): [string, T][] => {
    const model = read(exported)
    return model === undefined ? [] : [[name, model]]
  })
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}

function describeExport({ definition, reference, place }: Exported): CommandModel {
  return { source: reference, at: formatPlace(definition.declared ?? place) }
}

/** The option `pool`, once the options are known to be whole. */
function readPool(reading: Reading, definition: DefinitionValue): string | undefined {
  const pools = (definition.alternatives ?? [definition]).map((one) => readOnePool(reading, one))
  const [pool] = pools
  if (pool === undefined || pools.includes(undefined)) return undefined
  if (pools.every((other) => other === pool)) return pool
  reading.report.add('NM2021', {
    message: 'A condition chooses between jobs of different pools.',
    place: definition.place,
  })
  return undefined
}

function readOnePool(reading: Reading, definition: DefinitionValue): string | undefined {
  const options = readOptions(reading, definition)
  if (options === undefined) return undefined
  const read = readLiteral(reading, {
    definition,
    options,
    key: 'pool',
    accepts: (value) => value === undefined || typeof value === 'string',
    code: 'NM2043',
    expected: 'the name of a pool',
  })
  return read && (read.value ?? defaultPool)
}
