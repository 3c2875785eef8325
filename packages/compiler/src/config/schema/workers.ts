import { z } from 'zod'

import { nameSchema } from './names.ts'

const poolSchema = z
  .strictObject({
    threads: z.int().min(0).default(1).meta({
      description: 'Threads that the pool has. With `0` its jobs run in the main thread.',
    }),
    concurrency: z.int().min(1).optional().meta({
      description: 'Jobs that each thread runs at once.',
      default: '`10` for the pool `io`, `1` for all others',
    }),
  })
  .meta({ title: 'JobPool', description: 'Threads that run jobs.' })

const apiWorkersSchema = z
  .strictObject({
    threads: z.int().min(0).default(0).meta({
      description:
        'Threads that run applications, numbered from 0. With `0` they run in the thread of the gateway.',
    }),
  })
  .meta({ title: 'ApiWorkers', description: 'The threads that answer calls.' })

export const workersSchema = z
  .strictObject({
    api: apiWorkersSchema.optional().meta({ description: 'The threads that answer calls.' }),
    jobs: z.record(nameSchema, poolSchema).optional().meta({
      description:
        'Pools of threads that run jobs, by the name that the `pool` of a job uses. The pools `io` and `compute` exist without being named.',
    }),
  })
  .meta({ title: 'Workers', description: 'Threads, and what they run.' })
