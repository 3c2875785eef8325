import {
  ApiError,
  defineApplication,
  defineHook,
  defineInjectable,
  defineProcedure,
  type Hook,
} from '@neemata/application'
import { expect, test } from 'vitest'

import { createDeferred } from '../../test/create-deferred.ts'
import { createTestSystem } from '../../test/create-test-system.ts'
import type { UntypedApps } from '../declare/register.ts'
import { inject } from '../declare/inject.ts'

const ping = defineProcedure({ handler: () => 'pong' })

const identity = defineInjectable({
  scope: 'connection',
  dependencies: { connection: inject.connection },
  create: ({ connection }) => ({ name: connection.headers['x-user'] }),
})

test('tells hooks of each session once', async () => {
  const seen: unknown[] = []
  const ended = createDeferred()
  const hooks = [
    defineHook('connect', {
      dependencies: { connection: inject.connection, user: inject.identity },
      handler({ connection, user }, payload) {
        seen.push(['connect', user, payload.app, payload.connection === connection.id])
      },
    }),
    defineHook('disconnect', {
      dependencies: { user: inject.identity },
      handler({ user }, { app }) {
        seen.push(['disconnect', user, app])
        ended.resolve()
      },
    }),
  ]
  const { runtime, call } = createTestSystem({
    apps: { shop: { application: defineApplication({ identity, hooks }), procedures: { ping } } },
  })
  await runtime.start()
  const answer = await call('/shop/ping', undefined, { headers: { 'x-user': 'Ann' } })
  expect(answer).toEqual({ status: 200, body: 'pong' })
  await ended.promise
  await runtime.stop()
  expect(seen).toEqual([
    ['connect', { name: 'Ann' }, 'shop', true],
    ['disconnect', { name: 'Ann' }, 'shop'],
  ])
})

test('refuses the calls of a session with the error', async () => {
  const seen: string[] = []
  const { runtime, call } = systemOf([
    defineHook('connect', {
      handler() {
        throw new ApiError('forbidden', 'Not today.')
      },
    }),
    defineHook('disconnect', { handler: () => void seen.push('disconnect') }),
  ])
  await runtime.start()
  expect(await call('/shop/ping')).toMatchObject({
    status: 403,
    body: { code: 'forbidden', detail: 'Not today.' },
  })
  await runtime.stop()
  expect(seen).toEqual([])
})

test('ends only what began when a later hook refuses', async () => {
  const seen: string[] = []
  const { runtime, call, logs } = systemOf([
    defineHook('connect', { handler: () => void seen.push('first') }),
    defineHook('connect', { handler: () => Promise.reject(new Error('secret')) }),
    defineHook('disconnect', { handler: () => void seen.push('disconnect') }),
  ])
  await runtime.start()
  const answer = await call('/shop/ping')
  expect(answer.status).toBe(500)
  expect(JSON.stringify(answer.body)).not.toContain('secret')
  await runtime.stop()
  expect(seen).toEqual(['first'])
  expect(logs).toContainEqual(expect.objectContaining({ msg: 'call failed' }))
})

test('refuses what lives as long as a call', async () => {
  const { runtime } = systemOf([
    defineHook('connect', { dependencies: { signal: inject.signal }, handler() {} }),
  ])
  await expect(runtime.start()).rejects.toMatchObject({
    code: 'NM7203',
    message:
      'A value of scope call can\'t serve one of scope connection: the hook connect of the app "shop" → inject.signal',
  })
})

test('disconnects before the runtime has stopped', async () => {
  const seen: string[] = []
  const running = createDeferred()
  const gate = createDeferred()
  const slow = defineProcedure({
    async handler() {
      running.resolve()
      await gate.promise
      seen.push('call ended')
    },
  })
  const hooks = [
    defineHook('connect', { handler: () => void seen.push('connect') }),
    defineHook('disconnect', { handler: () => void seen.push('disconnect') }),
    defineHook('stop:after', { handler: () => void seen.push('stop:after') }),
  ]
  const { runtime, call } = createTestSystem({
    apps: { shop: { application: defineApplication({ hooks }), procedures: { slow } } },
  })
  await runtime.start()
  const answer = call('/shop/slow')
  await running.promise
  const stopped = runtime.stop()
  gate.resolve()
  await answer
  await stopped
  expect(seen).toEqual(['connect', 'call ended', 'disconnect', 'stop:after'])
})

test('counts a session of calls between applications', async () => {
  const seen: string[] = []
  const hooks = [
    defineHook('connect', { handler: (_, { app }) => void seen.push(`connect ${app}`) }),
    defineHook('disconnect', { handler: (_, { app }) => void seen.push(`disconnect ${app}`) }),
  ]
  const ask = defineProcedure({
    dependencies: { apps: inject.apps },
    async handler({ apps }) {
      await (apps as unknown as UntypedApps)['shop']?.['ping']?.()
      return (apps as unknown as UntypedApps)['shop']?.['ping']?.()
    },
  })
  const { runtime, call } = createTestSystem({
    apps: {
      shop: { application: defineApplication({ hooks }), procedures: { ping } },
      front: { procedures: { ask } },
    },
  })
  await runtime.start()
  expect((await call('/front/ask')).body).toBe('pong')
  await runtime.stop()
  expect(seen).toEqual(['connect shop', 'disconnect shop'])
})

function systemOf(hooks: readonly Hook[]) {
  const application = defineApplication({ hooks })
  return createTestSystem({ apps: { shop: { application, procedures: { ping } } } })
}
