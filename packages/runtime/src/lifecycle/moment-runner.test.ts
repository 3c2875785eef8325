import {
  defineApplication,
  defineHook,
  defineInjectable,
  definePlugin,
  type Hook,
} from '@neemata/application'
import { expect, test } from 'vitest'

import { createTestSystem } from '../../test/create-test-system.ts'
import { inject } from '../declare/inject.ts'
import type { Phase } from './moments.ts'

const db = defineInjectable({ name: 'db', create: async () => 'db' })

function systemOf(hooks: readonly Hook[], ofPlugin: readonly Hook[] = []) {
  const audit = definePlugin({ name: 'audit', setup: () => ({ hooks: ofPlugin }) })
  const application = defineApplication({ hooks, plugins: [audit] })
  return createTestSystem({ apps: { shop: { application, procedures: {} } } })
}

test('gives hooks the values of their app', async () => {
  const seen: unknown[] = []
  const { runtime } = systemOf([
    defineHook('container:ready', {
      dependencies: { db },
      handler: (context, payload) => void seen.push(context, payload),
    }),
    defineHook('dispose:before', {
      dependencies: { db },
      handler: ({ db }) => void seen.push(db),
    }),
  ])
  await runtime.start()
  await runtime.stop()
  expect(seen).toEqual([{ db: 'db' }, { app: 'shop' }, 'db'])
})

test.each(['initialize:before', 'dispose:after'] as const)(
  'refuses dependencies at %s',
  async (moment) => {
    const hook = defineHook(moment, { dependencies: { db }, handler() {} })
    await expect(systemOf([hook]).runtime.start()).rejects.toMatchObject({
      code: 'NM7206',
      message: `At this moment there are no values, yet the hook ${moment} of the app "shop" depends on: db`,
    })
  },
)

test('refuses values that live too short', async () => {
  const hook = defineHook('start:before', {
    dependencies: { signal: inject.signal },
    handler() {},
  })
  await expect(systemOf([], [hook]).runtime.start()).rejects.toMatchObject({
    code: 'NM7203',
    message: expect.stringContaining(
      'the hook start:before of the plugin "audit" in "shop" → inject.signal',
    ) as unknown,
  })
})

test('names the plugin hook that failed', async () => {
  const cause = new Error('no disk')
  const fails = defineHook('start:before', {
    handler() {
      throw cause
    },
  })
  await expect(systemOf([], [fails]).runtime.start()).rejects.toMatchObject({
    code: 'NM7403',
    message:
      'The start-up failed at the hook start:before of the plugin "audit" in "shop": no disk',
    cause,
  })
})

test.each<[Phase, readonly Phase[]]>([
  ['initialize:before', ['dispose:after']],
  ['container:ready', ['dispose:before', 'dispose:after']],
  ['initialize:after', ['dispose:before', 'dispose:after']],
  ['start:before', ['stop:after', 'dispose:before', 'dispose:after']],
  ['start:after', ['stop:before', 'stop:after', 'dispose:before', 'dispose:after']],
])('takes back what was reached when %s fails', async (moment, expected) => {
  const seen: string[] = []
  const down = (['stop:before', 'stop:after', 'dispose:before', 'dispose:after'] as const).map(
    (name) => defineHook(name, { handler: () => void seen.push(name) }),
  )
  const fails = defineHook(moment, { handler: () => Promise.reject(new Error('no')) })
  const { runtime } = systemOf([fails, ...down])
  await expect(runtime.start()).rejects.toMatchObject({ code: 'NM7403' })
  await runtime.stop()
  expect(seen).toEqual(expected)
})

test('logs what fails on the way down', async () => {
  const seen: string[] = []
  const fails = defineHook('stop:before', {
    handler() {
      throw new Error('no')
    },
  })
  const follows = defineHook('stop:before', { handler: () => void seen.push('follows') })
  const { runtime, logs } = systemOf([follows], [fails, follows])
  await runtime.start()
  await runtime.stop()
  expect(seen).toEqual(['follows', 'follows'])
  expect(logs).toContainEqual(
    expect.objectContaining({
      msg: 'a hook of the shutdown failed',
      app: 'shop',
      plugin: 'audit',
      phase: 'stop:before',
      err: expect.objectContaining({ message: 'no' }) as unknown,
    }),
  )
})

test('goes on without a hook that hangs', async () => {
  const hangs = defineHook('stop:before', { handler: () => new Promise<void>(() => {}) })
  const { runtime, logs } = systemOf([hangs])
  await runtime.start()
  await runtime.stop({ timeout: 10 })
  expect(logs.map(({ msg }) => msg)).toContain('a hook of the shutdown failed')
})
