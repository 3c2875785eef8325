import { z } from 'zod'

import { configured } from './configured.ts'

const level = z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])

export const loggingSchema = z
  .strictObject({
    level: configured(level, { types: ['enum'] })
      .default('info')
      .meta({ description: 'The least important level that is logged.' }),
  })
  .meta({ title: 'Logging', description: 'What is logged.' })
