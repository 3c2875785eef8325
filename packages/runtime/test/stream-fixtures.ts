import { ApiError, defineProcedure, defineStream } from '@neemata/application'
import { z } from 'zod'

import { inject } from '../src/declare/index.ts'

const counting = { running: 0, produced: 0 }

/** Streams that behave as the gateway's host suite wants them. */
export const streamFixtures = {
  items: defineStream({
    input: z.array(z.any()),
    handler: async function* (_, input) {
      yield* input
    },
  }),
  failing: defineStream({
    input: z.array(z.any()),
    handler: async function* (_, input) {
      yield* input
      throw new ApiError('conflict', 'Shipped already.', { order: 7n })
    },
  }),
  counting: defineStream({
    handler: async function* () {
      counting.running++
      try {
        for (let i = 0; ; i++) {
          counting.produced++
          yield i
        }
      } finally {
        counting.running--
      }
    },
  }),
  'counting/state': defineProcedure({ handler: () => ({ ...counting }) }),
  /** Yields its input, then waits for its end. */
  silent: defineStream({
    input: z.any(),
    dependencies: { signal: inject.signal },
    handler: async function* ({ signal }, input) {
      yield input
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
    },
  }),
}
