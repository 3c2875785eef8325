import { z } from 'zod'

export const scheduleSchema = z
  .strictObject({
    job: z
      .string()
      .regex(/^[a-z][a-zA-Z0-9]*\/[a-z][a-zA-Z0-9]*$/, {
        error: 'must be an app and a job, such as "shop/reindex"',
      })
      .meta({ description: 'The job to add: app and export name, `shop/reindex`.' }),
    cron: z
      .string()
      .min(1)
      .meta({ description: 'When, as a cron expression of five or six fields.' }),
    timezone: z
      .string()
      .min(1)
      .default('UTC')
      .meta({ description: 'The IANA time zone that the cron expression is read in.' }),
    input: z
      .unknown()
      .optional()
      .meta({ description: 'What the job receives; plain data that its input schema accepts.' }),
  })
  .meta({ title: 'Schedule', description: 'A job that is added again and again.' })
