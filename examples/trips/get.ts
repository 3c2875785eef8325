import { ApiError, defineProcedure } from 'neemata'
import { z } from 'zod'

import { currentUser } from './identity/current-user.ts'
import { Trip } from './trip.ts'
import { trips } from './trips.ts'

export const get = defineProcedure({
  readonly: true,
  input: z.object({ id: z.uuid() }),
  output: Trip,
  dependencies: { user: currentUser, trips },
  handler({ user, trips }, { id }) {
    // Somebody else's trip is not found rather than forbidden: that it exists is not for others.
    const trip = user && trips.get(user.id, id)
    if (trip === undefined) throw new ApiError('not_found', `You have no trip ${id}.`, { id })
    return trip
  },
})
