import type { RuntimeConfig } from '../config.ts'
import type { Registry, RegistryApp } from '../registry.ts'
import type { ThreadPlace } from '../workers/thread-place.ts'
import type { Role } from './role.ts'

/** What one thread of a process runs itself, and what it leaves to threads below it. */
export interface ProcessPlan {
  /** Apps whose code this thread loads. */
  readonly apps: readonly string[]
  /** By app, the slots that run it. */
  readonly slots: ReadonlyMap<string, readonly number[]>
  /** Pools whose jobs this thread runs itself. */
  readonly pools: readonly string[]
  /** By pool, the threads that run its jobs. */
  readonly poolThreads: ReadonlyMap<string, number>
  readonly hasTransports: boolean
  readonly hasScheduler: boolean
}

export interface PlanProcessOptions {
  readonly registry: Registry
  readonly config: RuntimeConfig
  readonly role: Role | 'command'
  /** Whether this process can have worker threads; without, everything runs in this one. */
  readonly canThread: boolean
  /** The worker thread that this is; absent in the main thread. */
  readonly place: ThreadPlace | undefined
}

export function planProcess(options: PlanProcessOptions): ProcessPlan {
  const { place } = options
  if (place?.kind === 'slot') return planSlot(options, place.slot)
  if (place?.kind === 'pool') return planPool(options, place.pool)
  if (options.role === 'command') return { ...nothing, apps: Object.keys(options.registry.apps) }
  return planMainThread(options)
}

function planSlot({ registry }: PlanProcessOptions, slot: number): ProcessPlan {
  const isHere = ({ slots }: RegistryApp) => slots !== 'inline' && slots.includes(slot)
  return { ...nothing, apps: namesWhere(registry, isHere) }
}

function planPool({ registry }: PlanProcessOptions, pool: string): ProcessPlan {
  return { ...nothing, apps: namesWhere(registry, (app) => hasJobsOf(app, pool)), pools: [pool] }
}

function planMainThread({ registry, config, role, canThread }: PlanProcessOptions): ProcessPlan {
  const servesCalls = role === 'all' || role === 'gateway'
  const runsJobs = role === 'all' || role === 'jobs'

  const slots = new Map<string, readonly number[]>()
  const pools: string[] = []
  const poolThreads = new Map<string, number>()
  if (servesCalls && canThread && config.workers.api.threads > 0) {
    for (const [name, app] of Object.entries(registry.apps)) {
      if (app.type === 'api' && app.slots !== 'inline') slots.set(name, app.slots)
    }
  }
  if (runsJobs) {
    for (const [pool, { threads }] of Object.entries(config.workers.jobs)) {
      if (!Object.values(registry.apps).some((app) => hasJobsOf(app, pool))) continue
      if (canThread && threads > 0) poolThreads.set(pool, threads)
      else pools.push(pool)
    }
  }

  const runsHere = (app: RegistryApp, name: string): boolean => {
    if (pools.some((pool) => hasJobsOf(app, pool))) return true
    if (app.type === 'api') return servesCalls && !slots.has(name)
    // A worker app without jobs lives by its hooks alone.
    return runsJobs && Object.keys(app.jobs).length === 0
  }
  return {
    apps: namesWhere(registry, runsHere),
    slots,
    pools,
    poolThreads,
    hasTransports: servesCalls,
    hasScheduler: role === 'all' || role === 'scheduler',
  }
}

const nothing = {
  slots: new Map<string, readonly number[]>(),
  pools: [],
  poolThreads: new Map<string, number>(),
  hasTransports: false,
  hasScheduler: false,
}

function hasJobsOf({ jobs }: RegistryApp, pool: string): boolean {
  return Object.values(jobs).some((job) => job.pool === pool)
}

function namesWhere(
  { apps }: Registry,
  predicate: (app: RegistryApp, name: string) => boolean,
): string[] {
  return Object.entries(apps)
    .filter(([name, app]) => predicate(app, name))
    .map(([name]) => name)
}
