import { createServer } from 'node:net'
import { once } from 'node:events'

import { defineApplication, defineInjectable, defineProcedure, provide } from '@neemata/application'
import { expect, test } from 'vitest'

import { createDeferred } from '../test/create-deferred.ts'
import {
  createTestConfig,
  createTestRegistry,
  createTestSystem,
} from '../test/create-test-system.ts'
import { createRuntime, type Phase } from './index.ts'
import { createLogger } from './logging/create-logger.ts'

const ping = defineProcedure({ handler: () => 'pong' })

const phases: readonly Phase[] = [
  'initialize:before',
  'container:ready',
  'initialize:after',
  'start:before',
  'start:after',
  'stop:before',
  'stop:after',
  'dispose:before',
  'dispose:after',
]

test('passes its phases in order, once', async () => {
  const { runtime } = createTestSystem({ apps: { app: { procedures: { ping } } } })
  const seen: string[] = []
  for (const phase of phases) runtime.hooks.on(phase, () => void seen.push(phase))
  expect(runtime.start()).toBe(runtime.start())
  await runtime.start()
  await runtime.initialize()
  expect(runtime.health()).toEqual({ live: true, ready: true })
  expect(runtime.stop()).toBe(runtime.stop())
  await runtime.stop()
  expect(seen).toEqual(phases)
  expect(runtime.health()).toEqual({ live: false, ready: false })
  await expect(runtime.start()).rejects.toMatchObject({ code: 'NM7402' })
})

test('answers nothing before it is started', async () => {
  const { runtime } = createTestSystem({ apps: { app: { procedures: { ping } } } })
  expect(runtime.apps.list()).toEqual([])
  await runtime.initialize()
  expect(runtime.health()).toEqual({ live: true, ready: false })
  expect(runtime.gateway.addresses()).toEqual([])
  expect(runtime.apps.list()).toMatchObject([
    {
      name: 'app',
      type: 'api',
      slots: 'inline',
      procedures: [{ path: 'ping', kind: 'call', readonly: false, at: 'apps/app/ping.ts:1:1' }],
    },
  ])
  await runtime.stop()
})

test('stops without having started', async () => {
  const { runtime } = createTestSystem({ apps: { app: { procedures: { ping } } } })
  await runtime.stop()
  expect(runtime.health()).toEqual({ live: false, ready: false })
  await expect(runtime.initialize()).rejects.toMatchObject({ code: 'NM7402' })
})

test('stops while it starts', async () => {
  const events: string[] = []
  const creating = createDeferred()
  const gate = createDeferred()
  const slow = defineInjectable({
    create: () => (creating.resolve(), gate.promise),
    dispose: () => void events.push('disposed'),
  })
  const use = defineProcedure({ dependencies: { slow }, handler: () => 1 })
  const { runtime } = createTestSystem({ apps: { app: { procedures: { use } } } })
  const started = runtime.start()
  started.catch(() => undefined)
  await creating.promise
  const stopped = runtime.stop()
  gate.resolve()
  await stopped
  await expect(started).rejects.toMatchObject({ code: 'NM7402' })
  expect(events).toEqual(['disposed'])
})

test('makes globals at boot, shared, and disposes them last', async () => {
  const events: string[] = []
  const db = defineInjectable({
    name: 'db',
    create: () => events.push('db created'),
    dispose: () => void events.push('db disposed'),
  })
  const tx = defineInjectable({ scope: 'call', dependencies: { db }, create: () => 'tx' })
  const use = defineProcedure({ dependencies: { tx }, handler: ({ tx }) => tx })
  const app = { procedures: { use } }
  const { runtime, call } = createTestSystem({ apps: { a: app, b: app } })
  runtime.hooks.on('stop:after', () => void events.push('stopped'))
  await runtime.start()
  expect(events).toEqual(['db created'])
  expect((await call('/a/use')).body).toBe('tx')
  await runtime.stop()
  expect(events).toEqual(['db created', 'stopped', 'db disposed'])
})

test('keeps what applications provide apart', async () => {
  const name = defineInjectable<string>({ name: 'name' })
  const greeting = defineInjectable({ dependencies: { name }, create: ({ name }) => `hi ${name}` })
  const greet = defineProcedure({ dependencies: { greeting }, handler: ({ greeting }) => greeting })
  const app = (value: string) => ({
    application: defineApplication({ provide: [provide(name, { value })] }),
    procedures: { greet },
  })
  const apps = { a: app('Ann'), b: app('Bob') }
  const { runtime, call } = createTestSystem({ apps })
  await runtime.start()
  expect([(await call('/a/greet')).body, (await call('/b/greet')).body]).toEqual([
    'hi Ann',
    'hi Bob',
  ])
  expect(await runtime.apps.get('b')?.container.get(greeting)).toBe('hi Bob')
  await runtime.stop()

  const test = createTestSystem({ apps, provide: [provide(name, { value: 'Test' })] })
  await test.runtime.start()
  expect((await test.call('/a/greet')).body).toBe('hi Test')
  expect(await test.runtime.container.get(greeting)).toBe('hi Test')
  await test.runtime.stop()
})

test('rolls back and names the injectable that failed', async () => {
  const events: string[] = []
  const fine = defineInjectable({ create: () => 1, dispose: () => void events.push('disposed') })
  const db = defineInjectable({
    name: 'db',
    dependencies: { fine },
    create: async () => {
      throw new Error('connection refused')
    },
  })
  const broken = defineProcedure({ dependencies: { db }, handler: () => 1 })
  const { runtime } = createTestSystem({
    apps: { a: { procedures: { ping } }, shop: { procedures: { broken } } },
  })
  await expect(runtime.start()).rejects.toMatchObject({
    code: 'NM7204',
    message: '"db" of the app "shop" could not be created: connection refused',
    cause: expect.objectContaining({ message: 'connection refused' }),
  })
  expect(events).toEqual(['disposed'])
  expect(runtime.health()).toEqual({ live: false, ready: false })
  await runtime.stop()
})

test('rolls back when the port is taken', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as { port: number }
  const events: string[] = []
  const db = defineInjectable({ create: () => 1, dispose: () => void events.push('disposed') })
  const use = defineProcedure({ dependencies: { db }, handler: () => 1 })
  const config = createTestConfig(['app'])
  const runtime = createRuntime(
    createTestRegistry({ app: { procedures: { use } } }),
    { ...config, transports: { http: { type: 'http', host: '127.0.0.1', port, cors: false } } },
    { logger: createLogger({ level: 'silent' }) },
  )
  await expect(runtime.start()).rejects.toMatchObject({
    code: 'NM7401',
    message: expect.stringContaining(`transports`) as unknown,
    cause: expect.objectContaining({ code: 'address_in_use' }) as unknown,
  })
  expect(events).toEqual(['disposed'])
  other.close()
})

test('names the hook that failed', async () => {
  const { runtime } = createTestSystem({ apps: { app: { procedures: { ping } } } })
  runtime.hooks.on('start:before', () => {
    throw new Error('not today')
  })
  await expect(runtime.start()).rejects.toMatchObject({
    code: 'NM7401',
    message: 'The start-up failed at hooks start:before: not today',
  })
})

test('names the registry entry that can not be loaded', async () => {
  const registry = createTestRegistry({ shop: { procedures: { 'orders/get': ping } } })
  const entry = registry.apps['shop']!.procedures['orders/get']!
  const start = (load: () => unknown) => {
    const procedures = { 'orders/get': { ...entry, load: load as typeof entry.load } }
    const shop = { ...registry.apps['shop']!, procedures }
    const logger = createLogger({ level: 'silent' })
    return createRuntime({ version: 1, apps: { shop } }, createTestConfig(['shop']), {
      logger,
    }).start()
  }
  await expect(
    start(() => {
      throw new SyntaxError('oops')
    }),
  ).rejects.toMatchObject({
    code: 'NM7101',
    message:
      'apps.shop.procedures["orders/get"].load (apps/shop/orders/get.ts:1:1) could not be loaded.',
  })
  await expect(start(() => undefined)).rejects.toMatchObject({
    code: 'NM7102',
    message: expect.stringContaining('should be a procedure, made by defineProcedure') as unknown,
  })
})

test('refuses generated files that do not fit', () => {
  const registry = createTestRegistry({ app: { procedures: {} } })
  expect(() => createRuntime({ ...registry, version: 2 as 1 }, createTestConfig(['app']))).toThrow(
    expect.objectContaining({ code: 'NM7001' }) as Error,
  )
  expect(() => createRuntime(registry, createTestConfig(['other']))).toThrow(
    expect.objectContaining({ code: 'NM7002' }) as Error,
  )
})

test('lets running calls finish while it drains', async () => {
  const running = createDeferred()
  const gate = createDeferred()
  const slow = defineProcedure({
    handler: async () => {
      running.resolve()
      await gate.promise
      return 'done'
    },
  })
  const { runtime, call } = createTestSystem({ apps: { app: { procedures: { slow } } } })
  await runtime.start()
  const answer = call('/app/slow')
  await running.promise
  const stopped = runtime.stop({ timeout: 10_000 })
  gate.resolve()
  expect(await answer).toEqual({ status: 200, body: 'done' })
  await stopped
})

test('goes on when a hook of the shutdown fails or hangs', async () => {
  const events: string[] = []
  const db = defineInjectable({ create: () => 1, dispose: () => void events.push('disposed') })
  const use = defineProcedure({ dependencies: { db }, handler: () => 1 })
  const { runtime, logs } = createTestSystem({ apps: { app: { procedures: { use } } } })
  runtime.hooks.on('stop:before', () => new Promise(() => {}))
  runtime.hooks.on('stop:after', () => {
    throw new Error('no')
  })
  await runtime.start()
  await runtime.stop({ timeout: 10 })
  expect(events).toEqual(['disposed'])
  expect(logs.flatMap(({ phase }) => phase ?? [])).toEqual(['stop:before', 'stop:after'])
})

test('takes back a start whose last hook fails', async () => {
  const { runtime } = createTestSystem({ apps: { app: { procedures: { ping } } } })
  let url = ''
  runtime.hooks.on('start:after', () => {
    url = runtime.gateway.addresses()[0]?.url ?? ''
    throw new Error('no')
  })
  await expect(runtime.start()).rejects.toMatchObject({ code: 'NM7401' })
  await expect(fetch(url)).rejects.toThrow('fetch failed')
})

test('says what was started and how long it took', async () => {
  const { runtime } = createTestSystem({ apps: { app: { procedures: { ping } } } })
  await runtime.start()
  const names = runtime
    .describeStartup()
    .split('\n')
    .map((line) => /^(.+?)\s+\d+\.\d ms$/.exec(line)?.[1])
  expect(names).toEqual([
    'hooks initialize:before',
    'container',
    'app app',
    'hooks container:ready',
    'hooks initialize:after',
    'hooks start:before',
    'transports',
    'hooks start:after',
  ])
  await runtime.stop()
})
