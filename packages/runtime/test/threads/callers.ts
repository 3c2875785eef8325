import { threadId } from 'node:worker_threads'

import {
  defineProcedure,
  defineStream,
  type AnyProcedure,
  type AnyStream,
} from '@neemata/application'

import { z } from 'zod'

import { inject } from '../../src/declare/index.ts'

interface Callable {
  [name: string]: Callable
  (input?: unknown, options?: { signal?: AbortSignal; timeout?: number }): Promise<unknown>
}

const find = (apps: object, path: string): Callable => {
  let at = apps as unknown as Callable
  for (const name of path.split('/')) at = at[name]!
  return at
}

interface Relay {
  readonly to: string
  readonly input?: unknown
  readonly timeout?: number
}

/** What applications need to call each other, whichever thread they are in. */
export const callers: Readonly<Record<string, AnyProcedure | AnyStream>> = {
  where: defineProcedure({ handler: () => threadId }),
  relay: defineProcedure({
    input: z.any(),
    dependencies: { apps: inject.apps },
    handler: ({ apps }, input) => {
      const { to, input: value, timeout } = input as Relay
      return find(apps, to)(value, timeout === undefined ? {} : { timeout })
    },
  }),
  relayStream: defineStream({
    input: z.any(),
    dependencies: { apps: inject.apps },
    handler: ({ apps }, input) => {
      const { to, input: value } = input as Relay
      return find(apps, to)(value) as unknown as AsyncIterable<unknown>
    },
  }),
  /** Calls the other of two applications, which calls this one, without end. */
  pingPong: defineProcedure({
    input: z.any(),
    dependencies: { apps: inject.apps },
    handler: ({ apps }, input) => {
      const [first, second] = input as [string, string]
      return find(apps, first)([second, first])
    },
  }),
}
