import { writeSync } from 'node:fs'

import {
  ApiError,
  defineApplication,
  defineInjectable,
  defineProcedure,
  defineStream,
} from '@neemata/application'

import { z } from 'zod'

import { inject } from '../../src/declare/index.ts'
import { streamFixtures } from '../stream-fixtures.ts'
import { announce } from './announce.ts'

const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason as Error)
    signal.addEventListener('abort', () => reject(signal.reason as Error))
  })

/** Who calls, as the header `x-user` says. */
export const application = defineApplication({
  identity: defineInjectable({
    scope: 'connection',
    dependencies: { connection: inject.connection },
    create: ({ connection }) => ({ user: connection.headers['x-user'] ?? 'nobody' }),
  }),
})

/** Answers as the host suite of the gateway wants it. */
export const procedures = {
  ...streamFixtures,
  echo: defineProcedure({
    input: z.any(),
    handler: (_, input) => input,
  }),
  'read/echo': defineProcedure({
    input: z.any(),
    readonly: true,
    handler: (_, input) => input,
  }),
  nothing: defineProcedure({ handler: () => undefined }),
  unsendable: defineProcedure({ handler: () => ({ items: [{ callback: () => 1 }] }) }),
  refuse: defineProcedure({
    input: z.any(),
    handler: (_, input) => {
      throw new ApiError('conflict', 'Shipped already.', input)
    },
  }),
  crash: defineProcedure({
    handler: () => {
      throw new Error('a bug of the user')
    },
  }),
  headers: defineProcedure({
    readonly: true,
    dependencies: { connection: inject.connection },
    handler: ({ connection }) => connection.headers,
  }),
  wait: defineProcedure({
    dependencies: { signal: inject.signal },
    handler: ({ signal }) => untilAborted(signal),
  }),
  whoami: defineProcedure({
    dependencies: { identity: inject.identity },
    handler: ({ identity }) => identity,
  }),
  /** Waits like `wait`, and tells the main thread when it begins and why it ends. */
  watched: defineProcedure({
    input: z.any(),
    dependencies: { signal: inject.signal },
    handler: async ({ signal }, input) => {
      announce(`began ${String(input)}`)
      await untilAborted(signal).catch((reason: ApiError) => {
        announce(`ended ${String(input)} ${reason.code}`)
      })
    },
  }),
  /** Takes some time; says at once that it began. */
  slow: defineProcedure({
    handler: async () => {
      writeSync(1, 'slow began\n')
      await new Promise((resolve) => setTimeout(resolve, 50))
      return 'slow'
    },
  }),
  /** Ends the thread in one of the ways in which that happens. */
  die: defineProcedure({
    input: z.any(),
    handler: (_, how) => {
      if (how === 'exit') process.exit(3)
      if (how === 'reject') void Promise.reject(new Error('nobody cares'))
      setTimeout(() => {
        throw new Error('a bug in a timer')
      })
      return new Promise(() => {})
    },
  }),
  count: defineStream({
    input: z.any(),
    handler: async function* (_, input) {
      const { to, fails } = input as { to: number; fails?: boolean }
      for (let n = 1; n <= to; n++) yield n
      if (fails) throw new ApiError('conflict', 'No more.', { to })
    },
  }),
  /** Never ends by itself; tells how far it came when it is ended. */
  endless: defineStream({
    input: z.any(),
    handler: async function* (_, input) {
      let n = 0
      announce(`began ${String(input)}`)
      try {
        for (;;) yield ++n
      } finally {
        announce(`ended ${String(input)} at ${n}`)
      }
    },
  }),
  unsendableItems: defineStream({
    handler: async function* () {
      yield 1
      yield () => 2
    },
  }),
}
