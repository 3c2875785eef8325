import { defineProcedure, inject } from 'neemata'
import { z } from 'zod'

import { currentUser } from './identity/current-user.ts'
import { isSignedIn } from './identity/is-signed-in.ts'
import { requireUser } from './identity/require-user.ts'
import { reminderDelay } from './jobs/reminder-delay.ts'
import { Trip } from './trip.ts'
import { tripCreated } from './trip-created.ts'
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
  dependencies: {
    apps: inject.apps,
    jobs: inject.jobs,
    pubsub: inject.pubsub,
    user: currentUser,
    trips,
  },
  guards: [isSignedIn],
  async handler({ apps, jobs, pubsub, user, trips }, { from, to, departure, travellers }) {
    const way = await apps.places.distance({ from, to })
    const { id: userId } = requireUser(user)
    const trip = trips.add(userId, {
      from: { id: from, name: way.from.name, country: way.from.country.name },
      to: { id: to, name: way.to.name, country: way.to.country.name },
      distance: way.distance,
      departure,
      travellers,
    })
    const delay = reminderDelay(departure, new Date())
    await jobs.add('trips/remind', { userId, trip }, { delay })
    await pubsub.publish(tripCreated, { userId, trip })
    return trip
  },
})
