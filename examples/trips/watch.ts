import { defineStream, inject } from 'neemata'

import { currentUser } from './identity/current-user.ts'
import { isSignedIn } from './identity/is-signed-in.ts'
import { requireUser } from './identity/require-user.ts'
import { Trip } from './trip.ts'
import { tripCreated } from './trip-created.ts'

export const watch = defineStream({
  output: Trip,
  dependencies: { pubsub: inject.pubsub, signal: inject.signal, user: currentUser },
  guards: [isSignedIn],
  async *handler({ pubsub, signal, user }) {
    const { id } = requireUser(user)
    for await (const { userId, trip } of pubsub.subscribe(tripCreated, { signal })) {
      if (userId === id) yield trip
    }
  },
})
