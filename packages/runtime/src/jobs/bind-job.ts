import type { AppContext } from '../apps/app-context.ts'
import { pathFrom } from '../container/dependency-path.ts'
import { type ContextSource, createContextSource, isConstant } from '../pipeline/context-source.ts'
import type { Plan } from '../pipeline/plan.ts'
import { type JobEntry, type LoadedJob, loadJob } from './job-catalogue.ts'

/** A job that is ready to be run in one context of its app. */
export interface BoundJob {
  readonly loaded: LoadedJob
  readonly context: ContextSource
  /** Lets a job call other applications as a procedure would. */
  readonly plan: Plan
}

const bound = new WeakMap<AppContext, Map<string, Promise<BoundJob>>>()

/**
 * Loads a job and creates the global values that it needs; once for each context of its app, of which
 * there is a new one whenever the app is replaced.
 * @throws NeemataError NM7101, NM7102, or NM7201 to NM7204
 */
export function bindJob(app: AppContext, entry: JobEntry): Promise<BoundJob> {
  const jobs = bound.get(app) ?? new Map<string, Promise<BoundJob>>()
  bound.set(app, jobs)
  const known = jobs.get(entry.name)
  if (known) return known
  const binding = createBoundJob(app, entry)
  jobs.set(entry.name, binding)
  // The next attempt tries again.
  binding.catch(() => jobs.delete(entry.name))
  return binding
}

async function createBoundJob(app: AppContext, entry: JobEntry): Promise<BoundJob> {
  const key = entry.name.slice(entry.app.length + 1)
  const loaded = await loadJob({ ...entry, registry: app.registry.jobs[key] ?? entry.registry })
  const dependencies = app.binder.bindAll(loaded.job.dependencies, pathFrom(entry.name))
  app.claim.add(dependencies.map(({ node }) => node))
  for (const { node } of dependencies) if (isConstant(node)) await app.container.get(node)
  const context = createContextSource(dependencies, app.container)
  return { loaded, context, plan: createJobPlan(loaded, context) }
}

function createJobPlan({ app, name }: LoadedJob, context: ContextSource): Plan {
  return {
    app,
    procedure: name.slice(app.length + 1),
    kind: 'call',
    readonly: false,
    // Enforced per attempt, with an error of its own.
    timeout: Infinity,
    validateInput: undefined,
    validateOutput: undefined,
    context,
    // Attempts run it themselves.
    handler: () => undefined,
    middleware: [],
    guards: [],
    filters: [],
  }
}
