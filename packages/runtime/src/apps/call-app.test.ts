import {
  ApiError,
  defineApplication,
  defineGuard,
  defineInjectable,
  defineProcedure,
  type Injectable,
} from '@neemata/application'
import { afterEach, expect, test } from 'vitest'
import { z } from 'zod'

import { createDeferred } from '../../test/create-deferred.ts'
import {
  createTestSystem,
  type TestSystem,
  type TestSystemOptions,
} from '../../test/create-test-system.ts'
import { inject, type UntypedApps } from '../declare/index.ts'

let system: TestSystem | undefined

afterEach(() => system?.runtime.stop({ timeout: 0 }))

async function start(options: TestSystemOptions): Promise<TestSystem> {
  system = createTestSystem(options)
  await system.runtime.start()
  return system
}

// As it is before the first `neemata generate`; the test's applications are in no contract.
const dependencies = { apps: inject.apps as Injectable as Injectable<UntypedApps, 'call'> }

/** An identity that is the `user` header. */
const userHeader = defineInjectable({
  scope: 'connection',
  dependencies: { connection: inject.connection },
  create({ connection }) {
    const name = connection.headers['user']
    if (!name) throw new ApiError('unauthenticated', 'No user.')
    return { name }
  },
})

test('runs the whole pipeline of the other application', async () => {
  const double = defineProcedure({
    input: z.number(),
    output: z.number().transform((n) => ({ n })),
    handler: (_, n) => n * 2,
  })
  const outer = defineProcedure({
    dependencies,
    handler: async ({ apps }) => [
      await apps['math']!['deep']!['double']!(4),
      await apps['math']!['deep']!['double']!('x').catch((error: unknown) => [
        error instanceof ApiError,
        (error as ApiError).code,
        (error as ApiError<{ issues: unknown[] }>).data?.issues.length,
      ]),
    ],
  })
  const { call } = await start({
    apps: {
      math: { procedures: { 'deep/double': double } },
      app: { procedures: { outer } },
    },
  })
  expect((await call('/app/outer')).body).toEqual([{ n: 8 }, [true, 'validation_failed', 1]])
})

test('copies arguments and results', async () => {
  const kept = { list: [1] }
  let received: unknown
  const keep = defineProcedure({
    input: z.custom<object>(),
    handler: (_, input) => ((received = input), kept),
  })
  const sent = { when: new Date(0), map: new Map([[1, 2n]]) }
  const outer = defineProcedure({
    dependencies,
    async handler({ apps }) {
      const result = await apps['b']!['keep']!(sent)
      return [result === kept, JSON.stringify(result)]
    },
  })
  const { call } = await start({
    apps: { b: { procedures: { keep } }, a: { procedures: { outer } } },
  })
  expect((await call('/a/outer')).body).toEqual([false, '{"list":[1]}'])
  expect(received).toEqual(sent)
  expect(received).not.toBe(sent)
})

test('explains what can not be copied', async () => {
  const get = defineProcedure({ handler: () => () => 1 })
  const outer = defineProcedure({
    dependencies,
    async handler({ apps }) {
      const input: unknown = await apps['b']!['get']!(() => 1).catch(String)
      const output: unknown = await apps['b']!['get']!().catch(String)
      return { input, output }
    },
  })
  const { call } = await start({
    apps: { b: { procedures: { get } }, a: { procedures: { outer } } },
  })
  const { body } = await call('/a/outer')
  expect(body.input).toContain('The input of b/get can not be copied')
  expect(body.output).toContain('The output of b/get can not be copied')
})

test('names apps and procedures that do not exist', async () => {
  const run = defineProcedure({
    dependencies,
    async handler({ apps }) {
      const attempts = [() => apps['nope'], () => apps['a']!['nope'], () => apps['a']!['deep']!()]
      return attempts.map((attempt) => {
        try {
          return attempt()
        } catch (error) {
          return String(error)
        }
      })
    },
  })
  const { call } = await start({ apps: { a: { procedures: { run, 'deep/er': run } } } })
  expect((await call('/a/run')).body).toEqual([
    'NeemataError: There is no app "nope". There are: a.',
    'NeemataError: There is no procedure "a/nope". The app "a" has: run, deep/er.',
    'NeemataError: There is no procedure "a/deep". The app "a" has: run, deep/er.',
  ])
})

test('survives being awaited and printed', async () => {
  const run = defineProcedure({
    dependencies,
    handler: async ({ apps }) => [await apps, await apps['a'], JSON.stringify({ apps })].length,
  })
  const { call } = await start({ apps: { a: { procedures: { run } } } })
  expect((await call('/a/run')).body).toBe(3)
})

test('carries the identity of the caller', async () => {
  let resolved = 0
  const targetIdentity = defineInjectable({
    scope: 'connection',
    create: () => (resolved++, { name: 'target' }),
  })
  const who = defineProcedure({
    dependencies: { own: targetIdentity, identity: inject.identity },
    handler: ({ own, identity }) => [own, identity],
  })
  const outer = defineProcedure({
    dependencies,
    handler: ({ apps }) => apps['target']!['who']!(),
  })
  const { call } = await start({
    apps: {
      target: {
        application: defineApplication({ identity: targetIdentity }),
        procedures: { who },
      },
      caller: {
        application: defineApplication({ identity: userHeader }),
        procedures: { outer },
      },
    },
  })
  const ann = { headers: { user: 'ann' } }
  expect((await call('/caller/outer', undefined, ann)).body).toEqual([
    { name: 'ann' },
    { name: 'ann' },
  ])
  expect(resolved).toBe(0)
  expect((await call('/target/who')).body).toEqual([{ name: 'target' }, { name: 'target' }])
  expect(resolved).toBe(1)
  // Without an identity the caller can reach nobody.
  expect((await call('/caller/outer')).status).toBe(401)
})

test('refuses an identity that is not plain data', async () => {
  const identity = defineInjectable({ scope: 'connection', create: () => ({ can: () => true }) })
  const guard = defineGuard({ dependencies: { user: inject.identity }, handler: () => true })
  const run = defineProcedure({ guards: [guard], handler: () => 1 })
  const { call, logs } = await start({
    apps: { a: { application: defineApplication({ identity }), procedures: { run } } },
  })
  expect((await call('/a/run')).status).toBe(500)
  expect(logs).toContainEqual(
    expect.objectContaining({ err: expect.objectContaining({ code: 'NM7301' }) }),
  )
})

test('resolves the identity once per session', async () => {
  let count = 0
  const identity = defineInjectable({ scope: 'connection', create: async () => ++count })
  const user = { user: inject.identity, again: identity }
  const guard = defineGuard({ dependencies: user, handler: ({ user }) => user === 1 })
  const run = defineProcedure({
    guards: [guard],
    dependencies: user,
    handler: ({ again }) => again,
  })
  const open = defineProcedure({ handler: () => 'no identity needed' })
  const { call } = await start({
    apps: { a: { application: defineApplication({ identity }), procedures: { run, open } } },
  })
  await call('/a/open')
  expect(count).toBe(0)
  expect((await call('/a/run')).body).toBe(1)
})

test('refuses a chain of more than sixteen calls', async () => {
  const again = (app: string) =>
    defineProcedure({
      input: z.number(),
      dependencies,
      handler: async ({ apps }, depth): Promise<unknown> => apps[app]!['again']!(depth + 1),
    })
  const { call, logs } = await start({
    apps: {
      a: { procedures: { again: again('b') } },
      b: { procedures: { again: again('a') } },
    },
  })
  const { status, body } = await call('/a/again', 1)
  expect(status).toBe(500)
  const failures = logs.filter(({ msg }) => msg === 'call failed')
  // Logged where it happened, and the id goes all the way up.
  expect(failures).toHaveLength(1)
  const message = expect.stringContaining('a/again → b/again → a/again') as unknown
  expect(failures[0]).toMatchObject({ id: body.id, err: { code: 'NM7303', message } })
})

test('ends nested calls with their caller', async () => {
  const aborted = createDeferred<unknown>()
  const hang = defineProcedure({
    dependencies: { signal: inject.signal },
    handler: ({ signal }) => {
      signal.addEventListener('abort', () => aborted.resolve(signal.reason))
      return new Promise(() => {})
    },
  })
  const outer = defineProcedure({
    dependencies,
    timeout: 20,
    handler: ({ apps }) => apps['b']!['hang']!(),
  })
  const { call } = await start({
    apps: { a: { procedures: { outer } }, b: { procedures: { hang } } },
  })
  expect((await call('/a/outer')).status).toBe(504)
  expect(await aborted.promise).toMatchObject({ code: 'timeout' })
})

test('takes a timeout and a signal of the caller', async () => {
  const hang = defineProcedure({ handler: () => new Promise(() => {}) })
  const outer = defineProcedure({
    dependencies,
    async handler({ apps }) {
      const code = (error: unknown) => (error as ApiError).code
      const controller = new AbortController()
      const cancelled = apps['b']!['hang']!(undefined, { signal: controller.signal }).catch(code)
      const late: unknown = await apps['b']!['hang']!(undefined, { timeout: 10 }).catch(code)
      controller.abort()
      return [late, await cancelled]
    },
  })
  const { call } = await start({
    apps: { a: { procedures: { outer } }, b: { procedures: { hang } } },
  })
  expect((await call('/a/outer')).body).toEqual(['timeout', 'cancelled'])
})
