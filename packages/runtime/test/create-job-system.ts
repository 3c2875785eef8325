import { type Application, defineApplication } from '@neemata/application'

import type { RuntimeConfig, ScheduleConfig } from '../src/config.ts'
import type { AnyJob } from '../src/declare/job.ts'
import type { JobQueue, JobState } from '../src/declare/job-queue.ts'
import { inject } from '../src/declare/inject.ts'
import { createLogger, createRuntime, type Registry, type Runtime } from '../src/index.ts'
import { createTestConfig } from './create-test-system.ts'

export interface JobSystemOptions {
  /** Jobs of the app `app`, by export name. */
  readonly jobs: Readonly<Record<string, AnyJob>>
  readonly application?: Application
  readonly redisUrl?: string | undefined
  readonly directory?: string | undefined
  readonly pools?: RuntimeConfig['workers']['jobs']
  readonly scheduler?: Readonly<Record<string, ScheduleConfig>>
  readonly role?: 'all' | 'gateway' | 'jobs' | 'scheduler'
}

export interface JobSystem {
  readonly runtime: Runtime
  readonly logs: Record<string, unknown>[]
  jobs(): Promise<TestQueue>
}

/** `inject.jobs` without the types of a contract. */
export interface TestQueue {
  add(name: string, input?: unknown, options?: { delay?: number; id?: string }): Promise<string>
  get(name: string, id: string): Promise<JobState | undefined>
  wait(name: string, id: string, options?: object): Promise<unknown>
  cancel(name: string, id: string): Promise<boolean>
}

/** A runtime whose one app has nothing but jobs, not started. */
export function createJobSystem(options: JobSystemOptions): JobSystem {
  const logs: Record<string, unknown>[] = []
  const logger = createLogger(
    { level: 'debug' },
    { write: (line) => void logs.push(JSON.parse(line) as Record<string, unknown>) },
  )
  const { role, directory: storeDirectory } = options
  const config: RuntimeConfig = {
    ...createTestConfig(['app']),
    apps: { app: { transports: [] } },
    transports: {},
    workers: {
      api: { threads: 0 },
      jobs: options.pools ?? {
        io: { threads: 0, concurrency: 10 },
        compute: { threads: 0, concurrency: 1 },
      },
    },
    scheduler: options.scheduler ?? {},
    redis: { url: options.redisUrl },
  }
  const runtime = createRuntime(createJobRegistry(options), config, {
    logger,
    storeDirectory,
    ...(role && { role }),
  })
  return {
    runtime,
    logs,
    jobs: async () => (await runtime.container.get<JobQueue>(inject.jobs)) as unknown as TestQueue,
  }
}

/** A registry of the one app `app`. */
export function createJobRegistry({
  jobs,
  application,
}: Pick<JobSystemOptions, 'jobs' | 'application'>): Registry {
  return {
    version: 1,
    apps: {
      app: {
        type: 'worker',
        application: () => application ?? defineApplication({}),
        procedures: {},
        jobs: Object.fromEntries(
          Object.entries(jobs).map(([name, job]) => [
            name,
            { load: () => job, pool: job.pool, at: `apps/app/jobs/${name}.ts:1:1` },
          ]),
        ),
        commands: {},
        plugins: [],
        slots: 'inline',
      },
    },
  }
}
