import {
  ApiError,
  defineApplication,
  defineFilter,
  defineGuard,
  defineMiddleware,
  defineProcedure,
} from '@neemata/application'
import { afterEach, expect, test } from 'vitest'
import { z } from 'zod'

import {
  createTestSystem,
  type TestSystem,
  type TestSystemOptions,
} from '../../test/create-test-system.ts'

let system: TestSystem | undefined

afterEach(() => system?.runtime.stop({ timeout: 0 }))

async function start(options: TestSystemOptions): Promise<TestSystem> {
  system = createTestSystem(options)
  await system.runtime.start()
  return system
}

test('answers with the validated output', async () => {
  const double = defineProcedure({
    input: z.object({ n: z.coerce.number() }),
    output: z.object({ n: z.number().transform(String) }),
    handler: async (_, { n }) => ({ n: n * 2 }),
  })
  const { call } = await start({ apps: { math: { procedures: { double } } } })
  expect(await call('/math/double', { n: '21' })).toEqual({ status: 200, body: { n: '42' } })
})

test('awaits schemas that answer later', async () => {
  const later = defineProcedure({
    input: z.string().refine(async (word) => word === 'yes'),
    output: z.string().transform(async (word) => word.toUpperCase()),
    handler: (_, word) => word,
  })
  const { call } = await start({ apps: { app: { procedures: { later } } } })
  expect((await call('/app/later', 'yes')).body).toBe('YES')
  expect((await call('/app/later', 'no')).status).toBe(400)
})

test('names the field of wrong input', async () => {
  const get = defineProcedure({
    input: z.object({ items: z.array(z.object({ id: z.number() })) }),
    handler: () => 1,
  })
  const { call } = await start({ apps: { app: { procedures: { get } } } })
  const { status, body } = await call('/app/get', { items: [{ id: 'x' }] })
  expect(status).toBe(400)
  expect(body).toMatchObject({
    code: 'validation_failed',
    data: { issues: [{ path: ['items', 0, 'id'], message: expect.stringContaining('number') }] },
  })
})

test('gives no input without a schema', async () => {
  const echo = defineProcedure({ handler: (_, input) => ({ got: typeof input }) })
  const { call } = await start({ apps: { app: { procedures: { echo } } } })
  expect((await call('/app/echo', { ignored: true })).body).toEqual({ got: 'undefined' })
})

test('runs middleware, guards and filters in order', async () => {
  const seen: string[] = []
  const middleware = (name: string) =>
    defineMiddleware({
      async handler(_, call, next) {
        seen.push(`${name} in ${call.app}/${call.procedure}`)
        const output = await next()
        seen.push(`${name} out ${String(output)}`)
        return output
      },
    })
  const guard = (name: string) =>
    defineGuard({ handler: (_, call) => void seen.push(`${name} ${JSON.stringify(call.input)}`) })
  const { call } = await start({
    apps: {
      app: {
        application: defineApplication({ middleware: [middleware('A')], guards: [guard('a')] }),
        procedures: {
          'nested/run': {
            middleware: [middleware('R')],
            guards: [guard('r')],
            procedure: defineProcedure({
              input: z.number().transform((n) => n + 1),
              middleware: [middleware('P')],
              guards: [guard('p')],
              handler: (_, n) => (seen.push(`handler ${n}`), n),
            }),
          },
        },
      },
    },
  })
  expect((await call('/app/nested/run', 1)).body).toBe(2)
  expect(seen).toEqual([
    'A in app/nested/run',
    'R in app/nested/run',
    'P in app/nested/run',
    'a 1',
    'r 1',
    'p 1',
    'handler 2',
    'P out 2',
    'R out 2',
    'A out 2',
  ])
})

test('refuses a second call of next', async () => {
  const twice = defineMiddleware({
    async handler(_, __, next) {
      await next()
      return next()
    },
  })
  const run = defineProcedure({ middleware: [twice], handler: () => 1 })
  const { call, logs } = await start({ apps: { app: { procedures: { run } } } })
  expect((await call('/app/run')).status).toBe(500)
  expect(logs).toContainEqual(
    expect.objectContaining({ err: expect.objectContaining({ code: 'NM7304' }) }),
  )
})

test('refuses what a guard refuses', async () => {
  let ran = false
  const never = defineGuard({ handler: () => false })
  const anonymous = defineGuard({
    handler: async () => {
      throw new ApiError('unauthenticated', 'Who are you?')
    },
  })
  const handler = () => {
    ran = true
  }
  const { call } = await start({
    apps: {
      app: {
        procedures: {
          closed: defineProcedure({ guards: [never], input: z.string(), handler }),
          login: defineProcedure({ guards: [anonymous], handler }),
        },
      },
    },
  })
  // The input is wrong too: the guard comes first.
  expect((await call('/app/closed', 5)).body).toMatchObject({ code: 'forbidden' })
  expect(await call('/app/login')).toMatchObject({ status: 401, body: { detail: 'Who are you?' } })
  expect(ran).toBe(false)
})

test('asks filters from the inside out', async () => {
  class Missing extends Error {}
  const seen: string[] = []
  const filter = (name: string) =>
    defineFilter({
      handler(_, error) {
        seen.push(`${name} ${error.message}`)
        return new Error(`${error.message}${name}`)
      },
    })
  const { call } = await start({
    apps: {
      app: {
        application: defineApplication({
          filters: [
            defineFilter({ handler: (_, error) => new ApiError('not_found', error.message) }),
            filter('A'),
          ],
        }),
        procedures: {
          run: {
            filters: [filter('R')],
            procedure: defineProcedure({
              filters: [
                filter('P'),
                defineFilter({ error: Missing, handler: () => new Error('missing ') }),
                defineFilter({ error: TypeError, handler: () => new Error('never') }),
              ],
              handler() {
                throw new Missing('x')
              },
            }),
          },
        },
      },
    },
  })
  expect((await call('/app/run')).body).toMatchObject({ code: 'not_found', detail: 'missing PRA' })
  expect(seen).toEqual(['P missing ', 'R missing P', 'A missing PR'])
})

test('hides unexpected errors in production', async () => {
  const run = defineProcedure({
    handler() {
      throw new Error('password is 1234', { cause: new Error('inner') })
    },
  })
  const { call, logs } = await start({ apps: { app: { procedures: { run } } } })
  const { status, body } = await call('/app/run')
  expect(status).toBe(500)
  expect(JSON.stringify(body)).not.toContain('1234')
  expect(body.id).toMatch(/^[0-9a-f-]{36}$/)
  const line = logs.find(({ id }) => id === body.id)
  expect(line).toMatchObject({ level: 'error', app: 'app', procedure: 'run' })
  expect(line).toMatchObject({ err: { stack: expect.stringContaining('inner') } })
})

test('shows unexpected errors in development', async () => {
  const run = defineProcedure({
    handler() {
      throw new Error('the cause')
    },
  })
  const { call } = await start({ mode: 'development', apps: { app: { procedures: { run } } } })
  expect((await call('/app/run')).body).toMatchObject({
    code: 'internal_error',
    detail: 'the cause',
  })
})

test('answers also when no error is thrown', async () => {
  const run = defineProcedure({
    handler() {
      throw undefined
    },
  })
  const { call } = await start({ apps: { app: { procedures: { run } } } })
  expect((await call('/app/run')).body).toMatchObject({ code: 'internal_error' })
})

test('logs output that its schema refuses', async () => {
  const run = defineProcedure({
    output: z.object({ id: z.string() }),
    handler: () => ({ id: 5 as unknown as string }),
  })
  const { call, logs } = await start({ apps: { app: { procedures: { run } } } })
  const { status, body } = await call('/app/run')
  expect(status).toBe(500)
  expect(body.data).toBeUndefined()
  expect(logs).toContainEqual(
    expect.objectContaining({ err: expect.objectContaining({ code: 'NM7305' }) }),
  )
})

test('refuses an ApiError that can not travel', async () => {
  const { call, logs } = await start({
    apps: {
      app: {
        procedures: {
          data: defineProcedure({
            handler() {
              throw new ApiError('conflict', 'x', { fn: () => 1 })
            },
          }),
          code: defineProcedure({
            handler() {
              throw new ApiError('toString' as 'conflict', 'x')
            },
          }),
        },
      },
    },
  })
  expect((await call('/app/data')).body).toMatchObject({ code: 'internal_error' })
  expect((await call('/app/code')).body).toMatchObject({ code: 'internal_error' })
  const codes = logs.map(({ err }) => (err as { code?: string } | undefined)?.code)
  expect(codes.filter((code) => code === 'NM7306')).toHaveLength(2)
})
