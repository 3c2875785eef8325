import { ApiError, defineInjectable, defineProcedure } from '@neemata/application'
import { afterEach, expect, test } from 'vitest'

import { createDeferred } from '../../test/create-deferred.ts'
import {
  createTestSystem,
  type TestSystem,
  type TestSystemOptions,
} from '../../test/create-test-system.ts'
import { inject } from '../declare/index.ts'

let system: TestSystem | undefined

afterEach(() => system?.runtime.stop({ timeout: 0 }))

async function start(options: TestSystemOptions): Promise<TestSystem> {
  system = createTestSystem(options)
  await system.runtime.start()
  return system
}

test('times out a handler that ignores its signal', async () => {
  let signal: AbortSignal | undefined
  const hang = defineProcedure({
    dependencies: { signal: inject.signal },
    timeout: 20,
    handler: (context) => {
      signal = context.signal
      return new Promise(() => {})
    },
  })
  const { call } = await start({ apps: { app: { procedures: { hang } } } })
  expect(await call('/app/hang')).toMatchObject({ status: 504, body: { code: 'timeout' } })
  expect(signal?.aborted).toBe(true)
  expect(signal?.reason).toBeInstanceOf(ApiError)
})

test('times out by the limit where the procedure says nothing', async () => {
  const hang = defineProcedure({ handler: () => new Promise(() => {}) })
  const { call } = await start({
    apps: { app: { procedures: { hang } } },
    limits: { callTimeout: 20 },
  })
  expect(await call('/app/hang')).toMatchObject({ status: 504 })
})

test('aborts the signal when the client leaves', async () => {
  const running = createDeferred<void>()
  const aborted = createDeferred<unknown>()
  const hang = defineProcedure({
    dependencies: { signal: inject.signal },
    handler: ({ signal }) => {
      signal.addEventListener('abort', () => aborted.resolve(signal.reason))
      running.resolve()
      return new Promise(() => {})
    },
  })
  const { call } = await start({ apps: { app: { procedures: { hang } } } })
  const client = new AbortController()
  const answer = call('/app/hang', undefined, { signal: client.signal })
  await running.promise
  client.abort()
  await expect(answer).rejects.toThrow('aborted')
  expect(await aborted.promise).toMatchObject({ code: 'cancelled' })
})

test('releases the values of an abandoned call when its handler returns', async () => {
  const disposed = createDeferred<void>()
  const gate = createDeferred<void>()
  let isDisposed = false
  const resource = defineInjectable({
    scope: 'call',
    create: () => ({}),
    dispose: () => {
      isDisposed = true
      disposed.resolve()
    },
  })
  const slow = defineProcedure({
    dependencies: { resource },
    timeout: 10,
    handler: () => gate.promise,
  })
  const { call } = await start({ apps: { app: { procedures: { slow } } } })
  expect((await call('/app/slow')).status).toBe(504)
  expect(isDisposed).toBe(false)
  gate.resolve()
  await disposed.promise
})
