import { readFileSync } from 'node:fs'
import path from 'node:path'

import { defineApplication, defineHook, definePlugin, defineProcedure } from '@neemata/application'
import { expect, test } from 'vitest'

import { createTestSystem } from '../../test/create-test-system.ts'
import { moments } from './moments.ts'

const docs = path.resolve(import.meta.dirname, '../../../../docs/lifecycle.md')
const documented = [...readFileSync(docs, 'utf8').matchAll(/^\| `([a-z:]+)` /gm)].map(
  ([, moment]) => moment as (typeof moments)[number],
)
const goesDown = (moment: string) => /^(stop|dispose):/.test(moment)

test('documents the moments that there are', () => {
  expect(documented).toEqual(moments)
})

test.each(['all', 'gateway', 'jobs', 'scheduler', 'command'] as const)(
  'passes the documented moments in role %s',
  async (role) => {
    const seen: string[] = []
    const { runtime } = createRecordingSystem({ seen, role })
    await runtime.start()
    seen.push('runs')
    await runtime.stop()

    // Which apps run here depends on the role; what those that do see must not.
    const apps = seen.some((line) => line.startsWith('a ')) ? ['a', 'b'] : []
    expect(apps.length > 0).toBe(role === 'all' || role === 'gateway' || role === 'command')
    const expected = documented.flatMap((moment) => {
      const hooks = apps.flatMap((app) => [
        ...(moment === 'initialize:before'
          ? []
          : [`${app} first ${moment}`, `${app} last ${moment}`]),
        `${app} own ${moment}`,
      ])
      const setups = apps.flatMap((app) => [`${app} first set up`, `${app} last set up`])
      if (moment === 'initialize:before') return [`process ${moment}`, ...hooks, ...setups]
      if (moment === 'start:after') return [`process ${moment}`, ...hooks, 'runs']
      return goesDown(moment)
        ? [...hooks.reverse(), `process ${moment}`]
        : [`process ${moment}`, ...hooks]
    })
    expect(seen.map(withoutName)).toEqual(expected.map(withoutName))
    // Apps are made side by side; the order of plugins holds within each.
    const setUps = (lines: readonly string[]) => apps.map((app) => lines.filter(isSetUpOf(app)))
    expect(setUps(seen)).toEqual(setUps(expected))
  },
)

function createRecordingSystem({
  seen,
  role,
}: {
  seen: string[]
  role: 'all' | 'command' | 'gateway' | 'jobs' | 'scheduler'
}) {
  const say = (line: string) => void seen.push(line)
  const record = (owner: string, except?: string) =>
    moments
      .filter((moment) => moment !== except)
      .map((moment) =>
        defineHook(moment, {
          async handler(_, { app }) {
            await Promise.resolve()
            say(`${app} ${owner} ${moment}`)
          },
        }),
      )
  const plugin = (app: string, name: string) =>
    definePlugin({
      name,
      setup() {
        say(`${app} ${name} set up`)
        return { hooks: record(name, 'initialize:before') }
      },
    })
  const app = (name: string) => ({
    application: defineApplication({
      plugins: [plugin(name, 'first'), plugin(name, 'last')],
      hooks: record('own'),
    }),
    procedures: { ping: defineProcedure({ handler: () => 'pong' }) },
  })
  const system = createTestSystem({ apps: { a: app('a'), b: app('b') }, role })
  for (const moment of moments) system.runtime.hooks.on(moment, () => say(`process ${moment}`))
  return system
}

function isSetUpOf(app: string): (line: string) => boolean {
  return (line) => line.startsWith(`${app} `) && line.endsWith(' set up')
}

function withoutName(line: string): string {
  return line.endsWith(' set up') ? 'set up' : line
}
