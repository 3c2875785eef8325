import { defineProcedure } from 'neemata'
import { z } from 'zod'

import { currentUser } from './identity/current-user.ts'
import { Trip } from './trip.ts'
import { trips } from './trips.ts'

export const list = defineProcedure({
  readonly: true,
  input: z.object({ limit: z.number().int().min(1).max(100).default(20) }).prefault({}),
  output: z.array(Trip),
  dependencies: { user: currentUser, trips },
  handler: ({ user, trips }, { limit }) => (user ? trips.list(user.id).slice(0, limit) : []),
})
