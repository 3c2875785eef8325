import { fileURLToPath } from 'node:url'

import { rolldown } from 'rolldown'
import { expect, test } from 'vitest'

import { defineApp, defineRuntime, env } from './index.ts'
import { isRuntimeOptions } from './define-runtime.ts'
import { isEnvReference } from './env-reference.ts'

const brand = Symbol.for('neemata.env')

test('returns what it was given', () => {
  const app = { application: './shop.ts' }
  const options = { apps: { shop: defineApp(app) } }
  expect(defineRuntime(options)).toBe(options)
  expect(options.apps.shop).toBe(app)
  expect(Object.keys(options)).toEqual(['apps'])
})

test('recognises what it returned, a copy of a frozen object too', () => {
  const frozen = Object.freeze({ apps: {} })
  expect(isRuntimeOptions(defineRuntime({ apps: {} }))).toBe(true)
  expect(isRuntimeOptions(defineRuntime(frozen))).toBe(true)
  expect(isRuntimeOptions({ ...defineRuntime(frozen) })).toBe(false)
  expect(isRuntimeOptions(null)).toBe(false)
})

test('makes frozen references under a global brand', () => {
  const port = env.port('PORT', 3000)
  expect(Object.isFrozen(port)).toBe(true)
  expect(Reflect.get(port, brand)).toEqual({
    name: 'PORT',
    type: 'port',
    default: 3000,
    optional: false,
  })
  expect(Reflect.get(env.url('URL').optional(), brand)).toEqual({
    name: 'URL',
    type: 'url',
    optional: true,
  })
  expect(Object.keys(port)).toEqual([])
})

test('recognises a reference of another copy', () => {
  expect(isEnvReference({ [brand]: { name: 'A', type: 'string', optional: false } })).toBe(true)
  expect(isEnvReference({ name: 'A' })).toBe(false)
})

test('the entry loads nothing but itself', async () => {
  const input = fileURLToPath(new URL('./index.ts', import.meta.url))
  const build = await rolldown({ input, platform: 'node', logLevel: 'silent', external: /^[^./]/ })
  const { output } = await build.generate({ format: 'es' })
  await build.close()
  expect(output[0].imports).toEqual([])
  const folder = fileURLToPath(new URL('.', import.meta.url))
  expect(output[0].moduleIds.filter((id) => !id.startsWith(folder))).toEqual([])
})
