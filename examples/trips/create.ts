import { defineProcedure, inject } from 'neemata'
import { z } from 'zod'

import { currentUser } from './identity/current-user.ts'
import { isSignedIn } from './identity/is-signed-in.ts'
import { requireUser } from './identity/require-user.ts'
import { Trip } from './trip.ts'
import { trips } from './trips.ts'

const NewTrip = z
  .object({
    from: z.number().int().positive(),
    to: z.number().int().positive(),
    departure: z.iso.date(),
    travellers: z.number().int().min(1).max(50).default(1),
  })
  .refine(({ from, to }) => from !== to, {
    path: ['to'],
    message: 'A trip needs two different places',
  })

export const create = defineProcedure({
  input: NewTrip,
  output: Trip,
  dependencies: { apps: inject.apps, user: currentUser, trips },
  guards: [isSignedIn],
  async handler({ apps, user, trips }, { from, to, departure, travellers }) {
    const way = await apps.places.distance({ from, to })
    return trips.add(requireUser(user).id, {
      from: { id: from, name: way.from.name, country: way.from.country.name },
      to: { id: to, name: way.to.name, country: way.to.country.name },
      distance: way.distance,
      departure,
      travellers,
    })
  },
})
