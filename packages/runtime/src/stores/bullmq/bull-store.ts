import type { JobStore } from '../store.ts'
import type { StoreBackend } from './backend.ts'
import { BullConsumer } from './bull-consumer.ts'
import { BullQueue } from './bull-queue.ts'
import type { Locks } from './locks.ts'

/** The jobs of a store as BullMQ keeps them; both stores are this, on different backends. */
export function createBullStore(backend: StoreBackend, locks: Locks | undefined): JobStore {
  const queues = new Map<string, BullQueue>()
  return {
    queue(name) {
      const known = queues.get(name)
      if (known) return known
      const queue = new BullQueue(name, backend)
      queues.set(name, queue)
      return queue
    },
    consume: (options) => new BullConsumer(options, backend, locks),
    exclusive: (run) => backend.exclusive(run),
    async close() {
      await Promise.allSettled([...queues.values()].map((queue) => queue.close()))
      locks?.close()
      await backend.signals.close()
    },
  }
}
