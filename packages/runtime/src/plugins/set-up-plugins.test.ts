import {
  configurePlugin,
  defineApplication,
  defineHook,
  defineInjectable,
  definePlugin,
  defineProcedure,
  type Plugin,
  provide,
} from '@neemata/application'
import { expect, test } from 'vitest'
import { z } from 'zod'

import { createTestSystem } from '../../test/create-test-system.ts'

const table = defineInjectable<string>({ name: 'table' })
const show = defineProcedure({ dependencies: { table }, handler: ({ table }) => table })

const audit = definePlugin({
  name: 'audit',
  options: z.object({ table: z.string().trim().min(3), batch: z.object({ size: z.number() }) }),
  setup: ({ table: name }) => ({ provide: [provide(table, { value: name })] }),
})

const shop = (plugins: readonly Plugin[], options: object = {}) =>
  createTestSystem({
    apps: {
      shop: { application: defineApplication({ plugins, ...options }), procedures: { show } },
    },
  })

const whatFails = (plugins: readonly Plugin[]) =>
  shop(plugins)
    .runtime.start()
    .then(
      () => undefined,
      (error: unknown) => error as Error & { code: string },
    )

test('gives the application what a plugin provides', async () => {
  const configured = configurePlugin(audit, { table: ' audit_log ', batch: { size: 1 } })
  const { runtime, call } = shop([configured])
  await runtime.start()
  expect((await call('/shop/show')).body).toBe('audit_log')
  await runtime.stop()
})

test('lets the application and later plugins win', async () => {
  const first = definePlugin({
    name: 'first',
    setup: () => ({ provide: [provide(table, { value: 'first' })] }),
  })
  const second = definePlugin({
    name: 'second',
    setup: () => ({ provide: [provide(table, { value: 'second' })] }),
  })
  const later = shop([first, second])
  await later.runtime.start()
  expect((await later.call('/shop/show')).body).toBe('second')
  await later.runtime.stop()

  const own = shop([first, second], { provide: [provide(table, { value: 'own' })] })
  await own.runtime.start()
  expect((await own.call('/shop/show')).body).toBe('own')
  await own.runtime.stop()
})

test('names the options that a plugin refuses', async () => {
  const wrong = configurePlugin(audit, { table: 'a', batch: { size: 'x' as unknown as number } })
  const error = await whatFails([wrong])
  expect(error?.code).toBe('NM7112')
  expect(error?.message).toContain('The plugin "audit" of the app "shop" refuses its options:')
  expect(error?.message).toMatch(/\n {2}table: .+\n {2}batch\.size: .+/)
})

test('refuses a plugin that needs options without', async () => {
  const error = await whatFails([audit])
  expect(error).toMatchObject({ code: 'NM7112' })
  expect(error?.message).toMatch(/\n {2}options: /)
})

test('refuses the same plugin twice', async () => {
  const one = definePlugin({ name: 'one' })
  expect(await whatFails([one, definePlugin({ name: 'one' })])).toMatchObject({
    code: 'NM7111',
    message: 'The app "shop" uses the plugin "one" twice.',
  })
})

test.each([
  ['throws', failing, /could not be set up: no disk/],
  ['gives nothing', () => undefined as never, /returned no object/],
  ['provides something else', () => ({ provide: ['x'] }) as never, /in `provide` that is no/],
  ['hooks something else', () => ({ hooks: [{}] }) as never, /in `hooks` that is no hook/],
])('names a plugin whose setup %s', async (_, setup, message) => {
  const broken = definePlugin({ name: 'broken', setup })
  const error = await whatFails([broken])
  expect(error).toMatchObject({ code: 'NM7113' })
  expect(error?.message).toContain('The plugin "broken" of the app "shop"')
  expect(error?.message).toMatch(message)
})

function failing(): never {
  throw new Error('no disk')
}

test('refuses a plugin hook that comes too late', async () => {
  const late = definePlugin({
    name: 'late',
    setup: () => ({
      provide: [provide(table, { value: 'late' })],
      hooks: [defineHook('initialize:before', { handler() {} })],
    }),
  })
  expect(await whatFails([late])).toMatchObject({ code: 'NM7207' })
})
