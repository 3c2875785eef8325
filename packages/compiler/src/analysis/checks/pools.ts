import { closestMatch } from '../../config/closest-match.ts'
import { defaultPools } from '../../config/resolvers/workers.ts'
import { createDiagnostic } from '../../diagnostics/create-diagnostic.ts'
import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import type { CrossCheck } from '../cross-check.ts'
import { declaredPlace } from './declared-place.ts'

/** Jobs of pools that don't exist, and pools that no job uses. */
export function checkPools(input: CrossCheck): Diagnostic[] {
  return [...unknownPools(input), ...unusedPools(input)]
}

function unknownPools({ model }: CrossCheck): Diagnostic[] {
  const pools = Object.keys(model.workers.jobs)
  return Object.entries(model.apps).flatMap(([app, { jobs }]) =>
    Object.entries(jobs).flatMap(([name, { pool, at }]) => {
      if (pools.includes(pool)) return []
      const match = closestMatch(pool, pools)
      return [
        createDiagnostic('NM3033', {
          message: `The job ${app}/${name} runs in the pool '${pool}', which does not exist.`,
          at: declaredPlace(at),
          hint: match
            ? `Did you mean '${match}'?`
            : `Add it to workers.jobs of the config, or use one of these: ${pools.join(', ')}.`,
        }),
      ]
    }),
  )
}

// Those that are there by default are not the user's fault.
function unusedPools({ model, locate }: CrossCheck): Diagnostic[] {
  const apps = Object.values(model.apps)
  const used = new Set(apps.flatMap(({ jobs }) => Object.values(jobs).map(({ pool }) => pool)))
  return Object.entries(model.workers.jobs).flatMap(([name, { threads, concurrency }]) => {
    const initial = defaultPools[name]
    const written = threads !== initial?.threads || concurrency !== initial.concurrency
    if (used.has(name) || !written) return []
    const configPath = `workers.jobs.${name}`
    const message = `No job runs in the pool '${name}'.`
    return [createDiagnostic('NM3034', { message, configPath, at: locate(configPath) })]
  })
}
