import { z } from 'zod'

import { milliseconds } from './quantities.ts'

export const shutdownSchema = z
  .strictObject({
    timeout: milliseconds().default(10_000).meta({
      description: 'Time from the signal to stop until what still runs is cut off.',
      unit: 'ms',
    }),
  })
  .meta({ title: 'Shutdown', description: 'How the system stops.' })
