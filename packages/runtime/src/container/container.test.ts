import { defineInjectable, type Injectable, provide, type Provision } from '@neemata/application'
import { expect, test } from 'vitest'

import { createDeferred } from '../../test/create-deferred.ts'
import { createLogger } from '../logging/create-logger.ts'
import { Binder } from './binder.ts'
import { Container } from './container.ts'
import { createValues, type Values } from './values.ts'

interface Fixture {
  readonly values: Values
  readonly root: Container
  readonly logs: Record<string, unknown>[]
}

function createFixture(provisions: readonly Provision[] = [], disposeTimeout?: number): Fixture {
  const logs: Record<string, unknown>[] = []
  const logger = createLogger(
    { level: 'info' },
    { write: (line) => void logs.push(JSON.parse(line) as Record<string, unknown>) },
  )
  const root = Container.createRoot({ logger, ...(disposeTimeout && { disposeTimeout }) })
  return { root, logs, values: createValues(new Binder({ provisions }), root) }
}

test('gives values, factories and provided tokens', async () => {
  const token = defineInjectable<string>({ name: 'greeting' })
  const name = defineInjectable({ value: 'Ann' })
  const text = defineInjectable({
    dependencies: { token, name },
    create: async ({ token, name }) => `${token} ${name}`,
  })
  const { values } = createFixture([provide(token, { value: 'hello' })])
  expect(await values.get(text)).toBe('hello Ann')
})

test('lets a provision stand in for any injectable', async () => {
  const db = defineInjectable({ create: () => 'real' })
  const fake = defineInjectable({ create: () => 'fake' })
  const repository = defineInjectable({ dependencies: { db }, create: ({ db }) => `on ${db}` })
  const { values } = createFixture([provide(db, fake)])
  expect(await values.get(repository)).toBe('on fake')
})

test('creates once for all who ask at once', async () => {
  let count = 0
  const gate = createDeferred()
  const slow = defineInjectable({ create: () => gate.promise.then(() => ++count) })
  const a = defineInjectable({ dependencies: { slow }, create: ({ slow }) => slow })
  const { values } = createFixture()
  const all = [values.get(slow), values.get(a), values.get(slow)]
  gate.resolve()
  expect(await Promise.all(all)).toEqual([1, 1, 1])
})

test('makes a transient for each dependant', async () => {
  let count = 0
  const transient = defineInjectable({ scope: 'transient', create: () => ++count })
  const a = defineInjectable({ dependencies: { transient }, create: ({ transient }) => transient })
  const b = defineInjectable({ dependencies: { transient }, create: ({ transient }) => transient })
  const { values } = createFixture()
  expect([await values.get(a), await values.get(b), await values.get(a)]).toEqual([1, 2, 1])
})

test('tries again after a failed creation', async () => {
  let attempts = 0
  const flaky = defineInjectable({
    create: async () => {
      if (++attempts === 1) throw new Error('not yet')
      return 'ready'
    },
  })
  const { values } = createFixture()
  await expect(values.get(flaky)).rejects.toThrow('not yet')
  expect(await values.get(flaky)).toBe('ready')
})

test('prints the path to a token without provider', async () => {
  const mailer = defineInjectable<string>({ name: 'mailer' })
  const notifier = defineInjectable({ dependencies: { mailer }, create: () => 1 })
  const signup = defineInjectable({ name: 'signup', dependencies: { notifier }, create: () => 1 })
  await expect(createFixture().values.get(signup)).rejects.toMatchObject({
    code: 'NM7201',
    message: 'Nothing provides a value here: signup → notifier → mailer',
  })
})

test('prints the path around a circle', async () => {
  const token = defineInjectable<number>({ name: 'first' })
  const second = defineInjectable({ name: 'second', dependencies: { token }, create: () => 1 })
  const { values } = createFixture([provide(token, second)])
  await expect(values.get(token)).rejects.toMatchObject({
    code: 'NM7202',
    message: expect.stringContaining('first → second → first'),
  })
})

test('refuses what lives shorter than its dependant', async () => {
  const perCall = defineInjectable({ name: 'tx', scope: 'call', create: () => 1 })
  const hidden = defineInjectable({
    name: 'hidden',
    scope: 'transient',
    dependencies: { perCall },
    create: () => 1,
  })
  // Types can't see through a transient; the binder does.
  const root = defineInjectable({ name: 'root', dependencies: { hidden }, create: () => 1 })
  await expect(createFixture().values.get(root)).rejects.toMatchObject({
    code: 'NM7203',
    message: "A value of scope call can't serve one of scope global: root → hidden",
  })
})

test('refuses a value of a call from outside', async () => {
  const perCall = defineInjectable({ scope: 'call', create: () => 1 }) as Injectable<number>
  const { values } = createFixture()
  await expect(values.get(perCall as Injectable<number, 'global'>)).rejects.toMatchObject({
    code: 'NM7203',
  })
})

test('disposes on despite failures and hangs', async () => {
  const events: string[] = []
  const base = defineInjectable({
    name: 'base',
    create: () => 'base',
    dispose: () => void events.push('base'),
  })
  const failing = defineInjectable({
    name: 'failing',
    dependencies: { base },
    create: () => 'failing',
    dispose: () => {
      throw new Error('no')
    },
  })
  const hanging = defineInjectable({
    name: 'hanging',
    dependencies: { failing },
    create: () => 'hanging',
    dispose: () => new Promise<void>(() => {}),
  })
  const { values, root, logs } = createFixture([], 10)
  await values.get(hanging)
  await root.dispose()
  expect(events).toEqual(['base'])
  expect(logs.map(({ injectable }) => injectable)).toEqual(['hanging', 'failing'])
})

test('waits for what is being created before it disposes', async () => {
  const events: string[] = []
  const gate = createDeferred()
  const slow = defineInjectable({
    create: async () => {
      await gate.promise
      events.push('created')
    },
    dispose: () => void events.push('disposed'),
  })
  const dependant = defineInjectable({ dependencies: { slow }, create: () => events.push('never') })
  const { values, root } = createFixture()
  const asked = values.get(dependant)
  const disposed = root.dispose()
  expect(root.dispose()).toBe(disposed)
  gate.resolve()
  await expect(asked).rejects.toMatchObject({ code: 'NM7205' })
  await disposed
  expect(events).toEqual(['created', 'disposed'])
  await expect(values.get(slow)).rejects.toMatchObject({ code: 'NM7205' })
})

test('releases at once what a slow factory delivers too late', async () => {
  const gate = createDeferred()
  const released = createDeferred<string>()
  const slow = defineInjectable({
    create: () => gate.promise.then(() => 'late'),
    dispose: released.resolve,
  })
  const { values, root } = createFixture([], 10)
  const asked = values.get(slow)
  await root.dispose()
  gate.resolve()
  expect(await released.promise).toBe('late')
  await expect(asked).rejects.toMatchObject({ code: 'NM7205' })
})
