import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

import {
  defineApplication,
  defineHook,
  defineInjectable,
  defineProcedure,
} from '@neemata/application'
import { describe, expect, onTestFinished, test } from 'vitest'

import { createDeferred } from '../../test/create-deferred.ts'
import {
  createTestRegistry,
  createTestSystem,
  type TestApp,
  type TestSystem,
} from '../../test/create-test-system.ts'
import type { RegistryApp } from '../registry.ts'

function toRegistry(app: TestApp): RegistryApp {
  return createTestRegistry({ app }).apps.app!
}

/** An app whose `version` tells which one answers. */
function version(answer: unknown): TestApp {
  return { procedures: { version: defineProcedure({ handler: () => answer }) } }
}

async function start(apps: Readonly<Record<string, TestApp>>): Promise<TestSystem> {
  const system = createTestSystem({ apps, limits: { callTimeout: 60_000 } })
  onTestFinished(() => system.runtime.stop())
  await system.runtime.start()
  return system
}

/** An injectable that counts how often it was created and disposed. */
function createCounted(label: string) {
  const counts = { created: 0, disposed: 0 }
  const injectable = defineInjectable({
    name: label,
    create: () => ++counts.created,
    dispose: () => void counts.disposed++,
  })
  const app: TestApp = {
    procedures: {
      count: defineProcedure({ dependencies: { it: injectable }, handler: ({ it }) => it }),
    },
  }
  return { counts, app, injectable }
}

describe('replace', () => {
  test('answers with the new code at once', async () => {
    const { runtime, call } = await start({ shop: version(1), other: version('other') })
    await runtime.apps.replace('shop', toRegistry(version(2)))
    expect(await call('shop/version')).toMatchObject({ status: 200, body: 2 })
    expect(await call('other/version')).toMatchObject({ status: 200, body: 'other' })
  })

  test('publishes new routes and drops old ones', async () => {
    const { runtime, call } = await start({ shop: version(1) })
    const next = toRegistry({ procedures: { fresh: defineProcedure({ handler: () => 'here' }) } })
    await runtime.apps.replace('shop', next)
    expect(await call('shop/fresh')).toMatchObject({ status: 200, body: 'here' })
    expect(await call('shop/version')).toMatchObject({ status: 404 })
    expect(runtime.apps.get('shop')?.procedures.map(({ path }) => path)).toEqual(['fresh'])
  })

  test('lets running calls end on the old code', async () => {
    const gate = createDeferred()
    const begun = createDeferred()
    const { counts, app } = createCounted('counted')
    const slow = defineProcedure({
      async handler() {
        begun.resolve()
        await gate.promise
        return counts.disposed
      },
    })
    const system = await start({ shop: { procedures: { ...app.procedures, slow } } })
    const running = system.call('shop/slow')
    await begun.promise
    await system.runtime.apps.replace('shop', toRegistry(version(2)))
    expect(await system.call('shop/version')).toMatchObject({ body: 2 })
    expect(counts.disposed).toBe(0)
    gate.resolve()
    expect(await running).toMatchObject({ status: 200, body: 0 })
    await expect.poll(() => counts.disposed).toBe(1)
  })

  test('ends calls that outlast the deadline', async () => {
    const begun = createDeferred()
    const stuck = defineProcedure({
      handler() {
        begun.resolve()
        return new Promise(() => undefined)
      },
    })
    const system = createTestSystem({
      apps: { shop: { procedures: { stuck } } },
      shutdownTimeout: 50,
    })
    onTestFinished(() => system.runtime.stop())
    await system.runtime.start()
    const running = system.call('shop/stuck')
    await begun.promise
    await system.runtime.apps.replace('shop', toRegistry(version(2)))
    expect(await running).toMatchObject({ status: 503, body: { code: 'unavailable' } })
  })

  test('renews the globals of the app alone', async () => {
    const shared = createCounted('shared')
    const own = createCounted('own')
    const both: TestApp = {
      procedures: { own: own.app.procedures.count!, shared: shared.app.procedures.count! },
    }
    const { runtime, call } = await start({ shop: both, other: shared.app })
    await runtime.apps.replace('shop', toRegistry(both))
    expect(await call('shop/own')).toMatchObject({ body: 2 })
    expect(await call('shop/shared')).toMatchObject({ body: 1 })
    expect(await call('other/count')).toMatchObject({ body: 1 })
    await expect.poll(() => own.counts).toEqual({ created: 2, disposed: 1 })
    expect(shared.counts).toEqual({ created: 1, disposed: 0 })
    await runtime.stop()
    expect(own.counts).toEqual({ created: 2, disposed: 2 })
    expect(shared.counts).toEqual({ created: 1, disposed: 1 })
  })

  test('keeps the old one when the new fails', async () => {
    const own = createCounted('own')
    const { runtime, call } = await start({ shop: own.app })
    const culprit = defineInjectable({
      name: 'culprit',
      create() {
        throw new Error('no connection')
      },
    })
    const broken = toRegistry({
      procedures: {
        ...own.app.procedures,
        broken: defineProcedure({ dependencies: { culprit }, handler: () => 1 }),
      },
    })
    await expect(runtime.apps.replace('shop', broken)).rejects.toThrow(
      /"culprit" of the app "shop" could not be created: no connection/,
    )
    expect(await call('shop/count')).toMatchObject({ status: 200, body: 1 })
    expect(own.counts).toEqual({ created: 2, disposed: 1 })
    await runtime.apps.replace('shop', toRegistry(own.app))
    expect(await call('shop/count')).toMatchObject({ status: 200, body: 3 })
    await expect.poll(() => own.counts).toEqual({ created: 3, disposed: 2 })
  })

  test('keeps the old one when a module fails', async () => {
    const { runtime, call } = await start({ shop: version(1) })
    const next = toRegistry(version(2))
    const application = () => Promise.reject(new Error('syntax'))
    await expect(runtime.apps.replace('shop', { ...next, application })).rejects.toThrow(
      expect.objectContaining({ code: 'NM7101' }),
    )
    expect(await call('shop/version')).toMatchObject({ body: 1 })
  })

  test('runs one at a time, newest last', async () => {
    const { runtime, call } = await start({ shop: version(0) })
    const built: number[] = []
    let active = 0
    const slow = (number: number): RegistryApp => {
      const app = toRegistry(version(number))
      return {
        ...app,
        async application() {
          expect(++active).toBe(1)
          built.push(number)
          await new Promise((resolve) => setImmediate(resolve))
          active--
          return app.application!()
        },
      }
    }
    await Promise.all([1, 2, 3, 4].map((number) => runtime.apps.replace('shop', slow(number))))
    expect(built).toEqual([1, 4])
    expect(await call('shop/version')).toMatchObject({ body: 4 })
  })

  test('runs the hooks of both sides', async () => {
    const order: string[] = []
    const withHooks = (name: string): TestApp => ({
      ...version(name),
      application: defineApplication({
        hooks: (['container:ready', 'start:after', 'stop:before', 'dispose:after'] as const).map(
          (moment) => defineHook(moment, { handler: () => void order.push(`${name} ${moment}`) }),
        ),
      }),
    })
    const { runtime } = await start({ shop: withHooks('old') })
    order.length = 0
    await runtime.apps.replace('shop', toRegistry(withHooks('new')))
    await expect
      .poll(() => order)
      .toEqual(['new container:ready', 'new start:after', 'old stop:before', 'old dispose:after'])
  })

  test('names the apps that there are', async () => {
    const { runtime, call } = await start({ shop: version(1) })
    await expect(runtime.apps.replace('shopp', toRegistry(version(2)))).rejects.toThrow(
      /no app "shopp".*shop/,
    )
    expect(await call('shop/version')).toMatchObject({ body: 1 })
  })
})

test('releases what was asked for from outside', async () => {
  const { counts, app, injectable: base } = createCounted('base')
  const outside = defineInjectable({
    name: 'outside',
    dependencies: { base },
    create: ({ base }) => `on ${String(base)}`,
  })
  const { runtime } = await start({ shop: app })
  expect(await runtime.apps.get('shop')?.container.get(outside)).toBe('on 1')
  await runtime.apps.replace('shop', toRegistry(app))
  await expect.poll(() => counts).toEqual({ created: 2, disposed: 1 })
  expect(await runtime.apps.get('shop')?.container.get(outside)).toBe('on 2')
})

test('adds and removes apps', async () => {
  const own = createCounted('own')
  const { runtime, call } = await start({ shop: version(1) })
  await runtime.apps.add('extra', toRegistry(own.app), { transports: ['http'] })
  expect(await call('extra/count')).toMatchObject({ status: 200, body: 1 })
  await expect(
    runtime.apps.add('extra', toRegistry(own.app), { transports: ['http'] }),
  ).rejects.toThrow(/already/)
  await runtime.apps.remove('extra')
  expect(own.counts).toEqual({ created: 1, disposed: 1 })
  expect(await call('extra/count')).toMatchObject({ status: 404 })
  expect(runtime.apps.list().map(({ name }) => name)).toEqual(['shop'])
})

test('refuses changes while it does not run', async () => {
  const { runtime } = createTestSystem({ apps: { shop: version(1) } })
  await expect(runtime.apps.replace('shop', toRegistry(version(2)))).rejects.toThrow(
    expect.objectContaining({ code: 'NM7404' }),
  )
})

test('fails no call while 20 replacements happen', async () => {
  const app = (number: number): TestApp => {
    const { app: counted } = createCounted(`counted ${number}`)
    const pause = defineProcedure({
      handler: async () => {
        await new Promise((resolve) => setTimeout(resolve, 5))
        return number
      },
    })
    return { procedures: { ...counted.procedures, pause } }
  }
  const { runtime, call } = await start({ shop: app(0) })
  const over = new AbortController()
  const statuses: number[] = []
  const callers = Array.from({ length: 200 }, async () => {
    while (!over.signal.aborted) statuses.push((await call('shop/pause')).status)
  })
  for (let number = 1; number <= 20; number++) {
    const before = statuses.length
    await runtime.apps.replace('shop', toRegistry(app(number)))
    await expect.poll(() => statuses.length, { interval: 1 }).toBeGreaterThan(before)
  }
  over.abort()
  await Promise.all(callers)
  expect(new Set(statuses)).toEqual(new Set([200]))
  expect(await call('shop/pause')).toMatchObject({ body: 20 })
})

test('keeps nothing of replaced apps', async () => {
  const { runtime, call } = await start({ shop: version('first') })
  const collected: number[] = []
  const registry = new FinalizationRegistry<number>((number) => collected.push(number))
  const replace = async (number: number): Promise<void> => {
    const next = toRegistry(createCounted(`counted ${number}`).app)
    registry.register(next, number)
    await runtime.apps.replace('shop', next)
    await call('shop/count')
  }
  for (let number = 0; number < 30; number++) await replace(number)
  await expect
    .poll(() => {
      collectGarbage()
      return collected.length
    })
    .toBeGreaterThanOrEqual(28)
})

function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  ;(runInNewContext('gc') as () => void)()
}
