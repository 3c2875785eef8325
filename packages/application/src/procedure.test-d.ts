import { expectTypeOf, test } from 'vitest'
import { z } from 'zod'

import { type Call, defineInjectable, defineProcedure, defineGuard, defineRouter } from './index.ts'

const db = defineInjectable({ create: async () => ({ find: (id: string) => id.length }) })
const user = defineInjectable<{ name: string }>({ name: 'user', scope: 'connection' })

test('infers handler context and input', () => {
  defineProcedure({
    input: z.object({ id: z.string().transform(Number), limit: z.number().default(3) }),
    dependencies: { db, user },
    handler({ db, user }, input) {
      expectTypeOf(db.find).returns.toEqualTypeOf<number>()
      expectTypeOf(user.name).toEqualTypeOf<string>()
      expectTypeOf(input).toEqualTypeOf<{ id: number; limit: number }>()
      // @ts-expect-error: no such dependency
      return db.missing
    },
  })
})

test('types a call from caller input to wire output', () => {
  const get = defineProcedure({
    input: z.object({ id: z.string().transform(Number) }),
    output: z.object({ at: z.date().transform((d) => d.toISOString()) }),
    handler: async (_, { id }) => ({ at: new Date(id) }),
  })
  expectTypeOf<Call<typeof get>>().parameter(0).toEqualTypeOf<{ id: string }>()
  expectTypeOf<Call<typeof get>>().returns.toEqualTypeOf<Promise<{ at: string }>>()
})

test('infers the output from the handler without a schema', () => {
  const list = defineProcedure({ handler: async () => [{ id: 1 }] })
  expectTypeOf<Call<typeof list>>().returns.toEqualTypeOf<Promise<{ id: number }[]>>()
  const call = null as unknown as Call<typeof list>
  void call()
})

test('refuses a handler that returns something else', () => {
  defineProcedure({
    output: z.object({ id: z.string() }),
    // @ts-expect-error: id must be a string
    handler: async () => ({ id: 1 }),
  })
  defineProcedure({
    output: z.object({ id: z.string() }),
    // @ts-expect-error: id must be a string
    handler() {
      return { id: 1 }
    },
  })
  // @ts-expect-error: a procedure needs a handler
  defineProcedure({ input: z.string() })
  // @ts-expect-error: an unknown option
  defineProcedure({ handler: () => 1, timeuot: 3 })
})

test('refuses a guard in the place of a procedure', () => {
  const guard = defineGuard({ handler: () => true })
  // @ts-expect-error: not a procedure
  defineRouter({ guard })
})

test('refuses a dependency that lives shorter', () => {
  defineInjectable({
    scope: 'global',
    // @ts-expect-error: a connection's value can't serve a global one
    dependencies: { user },
    create: ({ user }) => user.name,
  })
  const greeting = defineInjectable({
    scope: 'call',
    dependencies: { user },
    create: ({ user }) => `hi ${user.name}`,
    dispose: (value) => {
      expectTypeOf(value).toEqualTypeOf<string>()
    },
  })
  expectTypeOf(greeting.scope).toEqualTypeOf<'call'>()
  expectTypeOf(greeting['~value']).toEqualTypeOf<string | undefined>()
})
