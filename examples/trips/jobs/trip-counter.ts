import { defineInjectable, inject } from 'neemata'

import { tripCreated } from '../trip-created.ts'

export interface TripCount {
  readonly trips: number
  readonly travellers: number
}

/** Counts what is created anywhere in the system, from the events of it. */
export const tripCounter = defineInjectable({
  name: 'trip counter',
  dependencies: { pubsub: inject.pubsub },
  create({ pubsub }) {
    const controller = new AbortController()
    let count: TripCount = { trips: 0, travellers: 0 }
    const counting = (async () => {
      for await (const { trip } of pubsub.subscribe(tripCreated, { signal: controller.signal })) {
        count = { trips: count.trips + 1, travellers: count.travellers + trip.travellers }
      }
    })()
    return {
      /** What was created since it was last asked. */
      take(): TripCount {
        const taken = count
        count = { trips: 0, travellers: 0 }
        return taken
      },
      async stop(): Promise<void> {
        controller.abort()
        await counting.catch(() => undefined)
      },
    }
  },
  dispose: (counter) => counter.stop(),
})
