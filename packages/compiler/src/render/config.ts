import type {
  EnvironmentReference,
  ResolvedConfig,
  ResolvedSchedule,
} from '../config/resolved-config.ts'
import type { Generator } from './generator.ts'
import { Expression, renderLiteral, renderString } from './literal.ts'
import { mapSorted } from './sorted.ts'

type Declarations = Record<string, EnvironmentReference['$env']>

/**
 * `generated/config.ts`: the configuration at run time. What the environment holds is read when the
 * process boots; no value of it is ever written here.
 */
export const config: Generator = {
  path: 'config.ts',
  render(input) {
    const declarations: Declarations = {}
    const value = renderLiteral(selectConfig(input.config, declarations))
    if (Object.keys(declarations).length === 0) {
      return `import type { RuntimeConfig } from 'neemata/runtime'\n\n${renderExport(value)}`
    }
    return `import { readEnvironment, type RuntimeConfig } from 'neemata/runtime'

const environment = readEnvironment(${renderLiteral(declarations)})

${renderExport(value)}`
  },
}

function renderExport(value: string): string {
  return `export const config: RuntimeConfig = ${value}\n`
}

/** The part that processes need; the order of transports is the order in which they start. */
function selectConfig(config: ResolvedConfig, found: Declarations): object {
  const { apps, transports, limits, logging, shutdown, workers, scheduler, redis } = config
  const configured = {
    apps: mapSorted(apps, (app) => ({ transports: app.transports })),
    transports,
    limits,
    logging,
    shutdown,
    workers: { api: workers.api, jobs: mapSorted(workers.jobs, (pool) => pool) },
    redis: redis.url === undefined ? {} : { url: redis.url },
  }
  // The inputs of jobs are plain data, whatever their keys are called.
  return {
    ...(readReferences(configured, [], found) as object),
    scheduler: mapSorted(scheduler, selectSchedule),
  }
}

function selectSchedule({ job, cron, timezone, input }: ResolvedSchedule): object {
  return { job, cron, timezone, ...(input === undefined ? {} : { input }) }
}

/** Replaces each reference by a read of `environment`, and notes what has to be read. */
function readReferences(value: unknown, path: readonly string[], found: Declarations): unknown {
  if (isReference(value)) {
    const key = path.join('.')
    found[key] = declareVariable(value.$env)
    return new Expression(`environment[${renderString(key)}]`)
  }
  if (Array.isArray(value)) {
    return value.map((item, index) => readReferences(item, [...path, String(index)], found))
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      readReferences(item, [...path, name], found),
    ]),
  )
}

function declareVariable(variable: EnvironmentReference['$env']): EnvironmentReference['$env'] {
  const { name, type, values, default: fallback, optional } = variable
  return {
    name,
    type,
    ...(values === undefined ? {} : { values }),
    ...(fallback === undefined ? {} : { default: fallback }),
    optional,
  }
}

function isReference(value: unknown): value is EnvironmentReference {
  return typeof value === 'object' && value !== null && '$env' in value
}
