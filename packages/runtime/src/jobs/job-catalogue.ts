import { ApiError } from '@neemata/application'

import { load } from '../apps/load-app.ts'
import type { AnyJob } from '../declare/job.ts'
import { NeemataError } from '../errors/neemata-error.ts'
import { createValidate, type Issue, type Validate } from '../pipeline/validate.ts'
import type { Registry, RegistryJob } from '../registry.ts'

/** A job of the registry. */
export interface JobEntry {
  /** `shop/reindex`. */
  readonly name: string
  readonly app: string
  readonly pool: string
  readonly registry: RegistryJob
}

/** A job whose module is loaded. */
export interface LoadedJob extends JobEntry {
  readonly job: AnyJob
  readonly validateInput: Validate | undefined
  readonly validateOutput: Validate | undefined
}

/** All jobs of a system, whatever runs here: jobs may be added from anywhere. */
export class JobCatalogue {
  readonly #entries: ReadonlyMap<string, JobEntry>
  readonly #loaded = new Map<string, Promise<LoadedJob>>()

  constructor({ apps }: Registry) {
    this.#entries = new Map(
      Object.entries(apps).flatMap(([app, { jobs }]) =>
        Object.entries(jobs).map(([key, registry]): [string, JobEntry] => {
          const name = `${app}/${key}`
          return [name, { name, app, pool: registry.pool, registry }]
        }),
      ),
    )
  }

  entries(): readonly JobEntry[] {
    return [...this.#entries.values()]
  }

  /** @throws NeemataError NM7604 that names the jobs that there are */
  find(name: string): JobEntry {
    const entry = this.#entries.get(name)
    if (entry) return entry
    const known = [...this.#entries.keys()].join(', ') || 'none'
    throw new NeemataError('NM7604', `There is no job "${name}". Known: ${known}.`)
  }

  /** Lets modules be loaded again, because apps were exchanged. */
  forget(): void {
    this.#loaded.clear()
  }

  /**
   * Loads the module of a job; once it succeeded, it is kept.
   * @throws NeemataError NM7604, NM7101 or NM7102
   */
  load(name: string): Promise<LoadedJob> {
    const known = this.#loaded.get(name)
    if (known) return known
    const loading = Promise.resolve().then(() => loadJob(this.find(name)))
    this.#loaded.set(name, loading)
    loading.catch(() => this.#loaded.delete(name))
    return loading
  }
}

/**
 * Loads the module of a job.
 * @throws NeemataError NM7101 or NM7102
 */
export async function loadJob(entry: JobEntry): Promise<LoadedJob> {
  const { name, registry } = entry
  const job = await load<AnyJob>(registry.load, {
    kind: 'job',
    at: `the job ${name} (${registry.at})`,
  })
  return {
    ...entry,
    job,
    validateInput: createValidate(job.input, refuseInput),
    validateOutput: createValidate(job.output, (issues) => refuseOutput(name, issues)),
  }
}

function refuseInput(issues: readonly Issue[]): ApiError {
  return new ApiError('validation_failed', 'The input is not valid.', { issues })
}

function refuseOutput(name: string, issues: readonly Issue[]): NeemataError {
  const lines = issues.map(({ path, message }) => `${path.join('.') || 'the output'}: ${message}`)
  return new NeemataError(
    'NM7605',
    `The handler of ${name} returned what its output schema refuses. ${lines.join('; ')}`,
  )
}
