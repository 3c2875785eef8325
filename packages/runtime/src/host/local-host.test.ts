import {
  defineApplication,
  defineHook,
  defineInjectable,
  defineProcedure,
  defineStream,
} from '@neemata/application'
import type { Connection } from '@neemata/gateway'
import { expect, test } from 'vitest'

import { createDeferred } from '../../test/create-deferred.ts'
import { createTestConfig } from '../../test/create-test-system.ts'
import type { AppContext } from '../apps/app-context.ts'
import { createAppContext } from '../apps/create-app-context.ts'
import { createAppsClient } from '../apps/apps-client.ts'
import { SharedNodes } from '../apps/shared-nodes.ts'
import { Binder } from '../container/binder.ts'
import { Container } from '../container/container.ts'
import { inject } from '../declare/index.ts'
import { createLogger } from '../logging/create-logger.ts'
import { TimerWheel } from '../time/timer-wheel.ts'
import { createTestRegistry, type TestApp } from '../../test/create-test-system.ts'
import { LocalHost } from './local-host.ts'

const connection: Connection = {
  id: '1',
  transport: 'http',
  protocol: 'ws',
  headers: {},
  remoteAddress: '127.0.0.1',
}

async function createHost(app: TestApp, callsPerSession = 2): Promise<LocalHost> {
  const apps = new Map<string, AppContext>()
  const logger = createLogger({ level: 'silent' })
  const binder = new Binder()
  const container = Container.createRoot({ logger })
  const context = await createAppContext({
    name: 'app',
    registry: createTestRegistry({ app }).apps['app']!,
    binder,
    container,
    shared: new SharedNodes({ binder, container }),
    services: {
      mode: 'production',
      logger,
      wheel: new TimerWheel(),
      callTimeout: 10_000,
      callsPerSession,
      apps,
      createAppsClient,
    },
  })
  apps.set('app', context)
  const host = new LocalHost({
    apps,
    config: createTestConfig(['app']).apps,
    health: () => ({ live: true, ready: true }),
  })
  host.refresh()
  return host
}

const hang = defineProcedure({
  dependencies: { signal: inject.signal },
  handler: ({ signal }) =>
    new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error))
    }),
})

test('publishes routes with their transports', async () => {
  const read = defineProcedure({ readonly: true, handler: () => 1 })
  const host = await createHost({ procedures: { 'a/read': read, hang } })
  const routes = host.routes().get('app')
  expect([...(routes?.transports ?? [])]).toEqual(['http'])
  expect(routes?.procedures.get('a/read')).toEqual({ kind: 'call', readonly: true })
  expect(routes?.procedures.get('hang')).toEqual({ kind: 'call', readonly: false })
})

test('refuses what it does not know', async () => {
  const host = await createHost({ procedures: { hang } })
  const request = { id: 1, procedure: 'nothing', input: undefined }
  const unknown = { type: 'error', error: { code: 'not_found' } }
  expect(await host.call(host.open(connection, 'other'), request)).toMatchObject(unknown)
  expect(await host.call(host.open(connection, 'app'), request)).toMatchObject(unknown)
})

test('cancels the call that is named', async () => {
  const host = await createHost({ procedures: { hang } })
  const session = host.open(connection, 'app')
  const first = host.call(session, { id: 1, procedure: 'hang', input: undefined })
  const second = host.call(session, { id: 2, procedure: 'hang', input: undefined })
  host.cancel(session, 99)
  host.cancel(session, 2)
  expect(await second).toMatchObject({ type: 'error', error: { code: 'cancelled' } })
  host.close(session)
  expect(await first).toMatchObject({ type: 'error', error: { code: 'cancelled' } })
})

test('limits the calls of one session', async () => {
  const host = await createHost({ procedures: { hang } })
  const session = host.open(connection, 'app')
  const calls = [1, 2, 3].map((id) =>
    host.call(session, { id, procedure: 'hang', input: undefined }),
  )
  expect(await calls[2]).toMatchObject({ error: { code: 'too_many_requests' } })
  host.close(session)
  await Promise.all(calls)
})

test('refuses a call on a closed session', async () => {
  const host = await createHost({ procedures: { hang } })
  const session = host.open(connection, 'app')
  host.close(session)
  const outcome = await host.call(session, { id: 1, procedure: 'hang', input: undefined })
  expect(outcome).toMatchObject({ type: 'error', error: { code: 'cancelled' } })
})

test('keeps values for the connection and the call', async () => {
  const events: string[] = []
  let count = 0
  const perConnection = defineInjectable({
    scope: 'connection',
    create: async () => ++count,
    dispose: (n) => void events.push(`connection ${n}`),
  })
  const perCall = defineInjectable({
    scope: 'call',
    dependencies: { perConnection },
    create: ({ perConnection }) => perConnection * 100 + ++count,
    dispose: (n) => void events.push(`call ${n}`),
  })
  const read = defineProcedure({
    dependencies: { perConnection, perCall },
    handler: (context) => ({ ...context }),
  })
  const host = await createHost({ procedures: { read } })
  const session = host.open(connection, 'app')
  const request = { id: 1, procedure: 'read', input: undefined }
  expect(await host.call(session, request)).toEqual({
    type: 'value',
    value: { perConnection: 1, perCall: 102 },
  })
  expect(events).toEqual(['call 102'])
  await host.call(session, request)
  host.close(session)
  await host.stop(1_000)
  expect(events).toEqual(['call 102', 'call 103', 'connection 1'])
})

test('stops waiting for handlers that do not return', async () => {
  const events: string[] = []
  const resource = defineInjectable({
    scope: 'connection',
    create: () => 1,
    dispose: () => void events.push('disposed'),
  })
  const deaf = defineProcedure({ dependencies: { resource }, handler: () => new Promise(() => {}) })
  const host = await createHost({ procedures: { deaf } })
  const session = host.open(connection, 'app')
  const call = host.call(session, { id: 1, procedure: 'deaf', input: undefined })
  host.close(session)
  expect(await call).toMatchObject({ error: { code: 'cancelled' } })
  await host.stop(10)
  expect(events).toEqual(['disposed'])
})

test('connects once for calls that come together', async () => {
  const gate = createDeferred()
  const seen: string[] = []
  const hooks = [
    defineHook('connect', {
      async handler(_, { connection: id }) {
        seen.push(`connect ${id}`)
        await gate.promise
      },
    }),
    defineHook('disconnect', {
      handler: (_, { connection: id }) => void seen.push(`disconnect ${id}`),
    }),
  ]
  const ping = defineProcedure({ handler: () => 'pong' })
  const host = await createHost(
    { application: defineApplication({ hooks }), procedures: { ping } },
    3,
  )
  const session = host.open(connection, 'app')
  const calls = [1, 2, 3].map((id) =>
    host.call(session, { id, procedure: 'ping', input: undefined }),
  )
  gate.resolve()
  for (const outcome of await Promise.all(calls)) expect(outcome).toMatchObject({ value: 'pong' })
  expect(seen).toEqual(['connect 1'])
  host.close(session)
  host.close(session)
  await host.stop(1_000)
  expect(seen).toEqual(['connect 1', 'disconnect 1'])
})

test('lets timers run beside a stream that never waits', async () => {
  const busy = defineStream({
    async *handler() {
      for (let i = 0; ; i++) yield i
    },
  })
  const host = await createHost({ procedures: { busy } })
  const session = host.open(connection, 'app')
  const outcome = await host.call(session, { id: 1, procedure: 'busy', input: undefined })
  if (outcome.type !== 'stream') throw new Error('no stream')
  let ticks = 0
  const timer = setInterval(() => ticks++, 1)
  for await (const _ of outcome.stream) if (ticks >= 10) break
  clearInterval(timer)
  host.close(session)
  expect(ticks).toBeGreaterThanOrEqual(10)
})
