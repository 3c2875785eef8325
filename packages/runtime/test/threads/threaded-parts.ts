import { isDescriptor } from '@neemata/application'

import type { ProcessParts, Registry, RuntimeConfig } from '../../src/index.ts'
import { createTestConfig } from '../create-test-system.ts'
import { callers } from './callers.ts'
import { locate, locateJob } from './jobs.ts'
import { application, procedures } from './fixture-app.ts'

/**
 * The parts of a system with two slots and, where there is Redis, jobs in a thread. `fixture` runs in both, `front` in the first, `back` in the second, `home` in the main
 * thread; all answer alike.
 */
export function createThreadedParts(
  redisUrl: string | undefined = process.env['REDIS_URL'],
): ProcessParts {
  const apps: Record<string, readonly number[] | 'inline'> = {
    fixture: [0, 1],
    front: [0],
    back: [1],
    home: 'inline',
  }
  const config: RuntimeConfig = {
    ...createTestConfig(Object.keys(apps), { callsPerSession: 10_000 }),
    logging: { level: 'info' },
    workers: { api: { threads: 2 }, jobs: { io: { threads: 1, concurrency: 4 } } },
    redis: { url: redisUrl },
  }
  return {
    registry: {
      version: 1,
      apps: Object.fromEntries(
        Object.entries(apps).map(([name, slots]) => [
          name,
          createApp(slots, redisUrl !== undefined && name === 'home'),
        ]),
      ),
    },
    config,
  }
}

function createApp(
  slots: readonly number[] | 'inline',
  hasJobs: boolean,
): Registry['apps'][string] {
  return {
    type: 'api',
    application: () => application,
    procedures: Object.fromEntries(
      Object.entries({ ...procedures, ...callers, ...(hasJobs && { locateJob }) }).map(
        ([path, procedure]) => [
          path,
          {
            load: () => procedure,
            kind: isDescriptor(procedure, 'stream') ? 'stream' : 'call',
            readonly: 'readonly' in procedure && procedure.readonly,
            guards: [],
            middleware: [],
            at: `apps/${path}.ts:1:1`,
          },
        ],
      ),
    ),
    jobs: hasJobs ? { locate: { load: () => locate, pool: 'io', at: 'apps/jobs.ts:1:1' } } : {},
    commands: {},
    plugins: [],
    slots,
  }
}
