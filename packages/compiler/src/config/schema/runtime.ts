import { z } from 'zod'

import { appSchema } from './apps.ts'
import { buildSchema } from './build.ts'
import { limitsSchema } from './limits.ts'
import { loggingSchema } from './logging.ts'
import { appNameSchema, nameSchema } from './names.ts'
import { redisSchema } from './redis.ts'
import { scheduleSchema } from './scheduler.ts'
import { shutdownSchema } from './shutdown.ts'
import { transportSchema } from './transports.ts'
import { workersSchema } from './workers.ts'

/** Everything that `defineRuntime` takes. */
export const runtimeSchema = z
  .strictObject({
    apps: z.record(appNameSchema, appSchema).meta({
      description:
        'The apps of the system by name, each a path to its application or an object. The name is the first segment of its URLs.',
    }),
    transports: z.record(nameSchema, transportSchema).optional().meta({
      description: 'How clients reach the system, by name.',
      default: "`{ http: { type: 'http' } }`",
    }),
    workers: workersSchema.optional().meta({ description: 'Threads, and what they run.' }),
    scheduler: z
      .record(nameSchema, scheduleSchema)
      .optional()
      .meta({ description: 'Jobs that are added again and again, by name.' }),
    redis: redisSchema.optional().meta({
      description: 'The store of jobs and events that several machines share.',
      default: 'the embedded store',
    }),
    limits: limitsSchema
      .prefault({})
      .meta({ description: 'What clients may ask of the system. All limits are on by default.' }),
    logging: loggingSchema.prefault({}).meta({ description: 'What is logged.' }),
    shutdown: shutdownSchema.prefault({}).meta({ description: 'How the system stops.' }),
    build: buildSchema.prefault({}).meta({ description: 'How `neemata build` bundles.' }),
  })
  .meta({ title: 'RuntimeOptions', description: 'Everything that `defineRuntime` takes.' })

export type RuntimeSchema = typeof runtimeSchema
