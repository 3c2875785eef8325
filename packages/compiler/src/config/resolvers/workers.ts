import type { ResolvedWorkers } from '../resolved-config.ts'
import { runtimeSchema } from '../schema/runtime.ts'
import type { ResolveContext } from './resolve-context.ts'

/** The pools that exist without being named. */
export const defaultPools: ResolvedWorkers['jobs'] = {
  io: { threads: 1, concurrency: 10 },
  compute: { threads: 1, concurrency: 1 },
}

/** The threads and what they run; absent after a report. */
export function resolveWorkers(context: ResolveContext): ResolvedWorkers | undefined {
  const workers = context.parse(runtimeSchema.shape.workers, ['workers'])
  if (!workers && context.value(['workers']) !== undefined) return undefined
  const named = Object.entries(workers?.jobs ?? {}).map(([name, pool]) => {
    const { concurrency = defaultPools[name]?.concurrency ?? 1, threads } = pool
    return [name, { threads, concurrency }] as const
  })
  return {
    api: { threads: workers?.api?.threads ?? 0 },
    jobs: { ...defaultPools, ...Object.fromEntries(named) },
  }
}
