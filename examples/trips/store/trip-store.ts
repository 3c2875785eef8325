import { randomUUID } from 'node:crypto'

import type { Trip } from '../trip.ts'
import { DuplicateTripError } from './duplicate-trip-error.ts'

/** Keeps everybody's trips. A user sees and counts only their own. */
export interface TripStore {
  /**
   * Adds a trip and gives it an id.
   * @throws DuplicateTripError when the user has a trip between the same places on the same day.
   */
  add(userId: string, trip: Omit<Trip, 'id'>): Trip
  get(userId: string, tripId: string): Trip | undefined
  /** The user's trips, the earliest departure first. */
  list(userId: string): Trip[]
}

/** Makes a store in memory: empty at first, gone with the process. */
export function createTripStore(): TripStore {
  const tripsByUser = new Map<string, Map<string, Trip>>()
  const tripsOf = (userId: string) => [...(tripsByUser.get(userId)?.values() ?? [])]

  return {
    add(userId, trip) {
      const same = tripsOf(userId).find((other) => isSameTrip(other, trip))
      if (same !== undefined) throw new DuplicateTripError(same.id)

      const added = { id: randomUUID(), ...trip }
      const trips = tripsByUser.get(userId) ?? new Map<string, Trip>()
      tripsByUser.set(userId, trips.set(added.id, added))
      return added
    },
    get: (userId, tripId) => tripsByUser.get(userId)?.get(tripId),
    list: (userId) => tripsOf(userId).sort((a, b) => a.departure.localeCompare(b.departure)),
  }
}

function isSameTrip(a: Omit<Trip, 'id'>, b: Omit<Trip, 'id'>): boolean {
  return a.from.id === b.from.id && a.to.id === b.to.id && a.departure === b.departure
}
