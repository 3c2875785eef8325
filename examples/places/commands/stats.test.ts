import { createRuntime, type Runtime } from 'neemata/runtime'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { config } from '../../../generated/config.ts'
import application from '../index.ts'
import { stats } from './stats.ts'

let runtime: Runtime

beforeAll(async () => {
  const places = {
    type: 'api',
    application: () => application,
    procedures: {},
    jobs: {},
    commands: { stats: { load: () => stats, at: 'examples/places/commands/stats.ts:6:14' } },
    plugins: [],
    slots: 'inline',
  } as const
  runtime = createRuntime(
    { version: 1, apps: { places } },
    { ...config, apps: { places: config.apps['places'] ?? { transports: [] } } },
    { role: 'command' },
  )
  await runtime.start()
})
afterAll(() => runtime.stop())

test('counts the places of the world', async () => {
  expect(await runtime.commands.run('places/stats')).toEqual({
    of: 'the world',
    places: 135_233,
    countries: 250,
    largest: expect.stringMatching(/^Shanghai \(\d+\)$/) as unknown,
  })
})

test('counts the places of a country', async () => {
  const options = { country: 'ch' }
  expect(await runtime.commands.run('places/stats', { options })).toMatchObject({
    of: 'Switzerland',
    largest: expect.stringContaining('(341730)') as unknown,
  })
})

test('refuses a country that does not exist', async () => {
  const options = { country: 'UK' }
  await expect(runtime.commands.run('places/stats', { options })).rejects.toThrow('UK')
  await expect(
    runtime.commands.run('places/stats', { options: { country: 'Switzerland' } }),
  ).rejects.toThrow('--country')
})
