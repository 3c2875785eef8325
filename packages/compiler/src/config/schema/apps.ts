import { z } from 'zod'

const globs = (what: string) =>
  z
    .array(z.string().min(1))
    .readonly()
    .optional()
    .meta({ description: `${what}, as file patterns resolved from the config file.` })

const placementSchema = z.union([
  z.literal('inline'),
  z
    .strictObject({
      count: z
        .int()
        .min(1)
        .meta({ description: 'How many slots run the app; the compiler picks them.' }),
    })
    .meta({ title: 'SlotCount', description: 'So many API worker threads, whichever.' }),
  z
    .strictObject({
      slots: z
        .array(z.int().min(0))
        .min(1)
        .readonly()
        .meta({ description: 'The numbers of the slots that run the app.' }),
    })
    .meta({ title: 'SlotList', description: 'These API worker threads.' }),
])

const shared = {
  jobs: globs('Modules that export jobs'),
  commands: globs('Modules that export commands'),
  options: z.record(z.string(), z.unknown()).optional().meta({
    description: 'Read by `inject.options` of the app; values may be environment references.',
  }),
}

export const apiAppSchema = z
  .strictObject({
    type: z
      .literal('api')
      .optional()
      .meta({ description: 'An app that answers calls.', default: "`'api'`" }),
    application: z.string().min(1).meta({
      description:
        'The module whose default export is the application, resolved from the folder of the config file.',
    }),
    transports: z.array(z.string()).readonly().optional().meta({
      description: 'The names of the transports that reach the app.',
      default: 'all transports',
    }),
    workers: placementSchema.optional().meta({
      description:
        'Where the app runs: in so many slots, in the listed ones, or in the thread of the gateway.',
      default: 'all slots; `inline` if there are none',
    }),
    ...shared,
  })
  .meta({ title: 'ApiApp', description: 'An app that answers calls.' })

export const workerAppSchema = z
  .strictObject({
    type: z.literal('worker').meta({ description: 'An app that runs jobs and has no router.' }),
    application: z.string().min(1).optional().meta({
      description:
        'The module whose default export is the application, for what its jobs depend on. Its router is not used.',
    }),
    ...shared,
  })
  .meta({ title: 'WorkerApp', description: 'An app that runs jobs and answers no calls.' })

/** An app, or the path of its application. */
export const appSchema = z.union([
  z.string().min(1),
  z.discriminatedUnion('type', [apiAppSchema, workerAppSchema]),
])
