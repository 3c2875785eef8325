import { expect, test } from 'vitest'

import { analyseProject, type Files } from '../../test/analyse-project.ts'

const audit = `import { defineGuard, definePlugin, defineProcedure, defineRouter, defineStream } from 'neemata'
const isAdmin = defineGuard({ handler: () => true })
export const tail = defineStream({ async *handler() { yield 1 } })
export const audit = definePlugin({
  name: 'audit',
  router: defineRouter({ list: defineProcedure({ handler: () => [] }), tail }, { guards: [isAdmin] }),
  setup: () => ({}),
})
`

function application(plugins: string, files: Files = {}): Files {
  return {
    'audit.ts': audit,
    'index.ts': `import { configurePlugin, defineApplication, definePlugin, defineProcedure, defineRouter } from 'neemata'
import { audit } from './audit.ts'
void configurePlugin, definePlugin, audit
const router = defineRouter({ get: defineProcedure({ handler: () => 1 }) })
export default defineApplication({ router, plugins: ${plugins} })
`,
    ...files,
  }
}

async function problems(plugins: string, files?: Files): Promise<readonly string[]> {
  const { diagnostics } = await analyseProject(application(plugins, files))
  return diagnostics.map(({ code, at }) => `${code} ${at?.file}:${at?.line}:${at?.column}`)
}

test('mounts the router of a plugin', async () => {
  const { model, routes, diagnostics } = await analyseProject(application('[audit]'))
  expect(diagnostics).toEqual([])
  expect(model?.apps['shop']?.plugins).toEqual([
    { name: 'audit', source: { file: 'audit.ts', path: ['audit'] }, at: 'audit.ts:4:14' },
  ])
  expect(routes).toEqual({
    'audit/list': 'audit.ts#audit.router.routes.list',
    'audit/tail': 'audit.ts#tail',
    get: 'index.ts#default.router.routes.get',
  })
  expect(model?.apps['shop']?.procedures['audit/tail']).toMatchObject({
    kind: 'stream',
    readonly: false,
    guards: [{ file: 'audit.ts', path: ['audit', 'router', 'guards', '0'] }],
  })
})

test('keeps the order of plugins', async () => {
  const list =
    "[definePlugin({ name: 'zeta' }), configurePlugin(audit, { x: 1 }), definePlugin({ name: 'alpha' })]"
  const { model, routes, diagnostics } = await analyseProject(application(list))
  expect(diagnostics).toEqual([])
  const source = (index: string) => ({ file: 'index.ts', path: ['default', 'plugins', index] })
  expect(model?.apps['shop']?.plugins.map(({ name, source }) => ({ name, source }))).toEqual([
    { name: 'zeta', source: source('0') },
    { name: 'audit', source: source('1') },
    { name: 'alpha', source: source('2') },
  ])
  expect(routes['audit/list']).toBe('audit.ts#audit.router.routes.list')
})

test('reaches a configured plugin by its export', async () => {
  const { model, diagnostics } = await analyseProject(
    application('[configured]', {
      'configured.ts': `import { configurePlugin } from 'neemata'
import { audit } from './audit.ts'
export const configured = configurePlugin(audit, { table: 'audit' })
`,
      'index.ts': `import { defineApplication } from 'neemata'
import { configured } from './configured.ts'
export default defineApplication({ plugins: [configured] })
`,
    }),
  )
  expect(diagnostics).toEqual([])
  expect(model?.apps['shop']?.plugins).toEqual([
    {
      name: 'audit',
      source: { file: 'configured.ts', path: ['configured'] },
      at: 'configured.ts:3:14',
    },
  ])
})

test('a plugin may have no router', async () => {
  const { routes, diagnostics } = await analyseProject(application("[definePlugin({ name: 'a' })]"))
  expect(diagnostics).toEqual([])
  expect(Object.keys(routes)).toEqual(['get'])
})

test.each([
  ['audit', 'NM2017 index.ts:5:44'],
  ['[router]', 'NM2045 index.ts:5:54'],
  ['[audit, audit]', 'NM2046 index.ts:5:61'],
  ['[definePlugin({})]', 'NM2044 index.ts:5:54'],
  ['[definePlugin({ name: process.env.A })]', 'NM2044 index.ts:5:69'],
  ["[definePlugin({ name: 'my-audit' })]", 'NM2041 index.ts:5:69'],
  ['[definePlugin()]', 'NM2017 index.ts:5:54'],
  ["[definePlugin({ name: 'a', router: { x: 1 } })]", 'NM2017 index.ts:5:80'],
  ["[process.env.A ? audit : definePlugin({ name: 'b' })]", 'NM2021 index.ts:5:54'],
  ["[definePlugin({ name: 'get', router: defineRouter({}) })]", ''],
])('reports plugins: %s', async (plugins, expected) => {
  expect((await problems(plugins)).join()).toBe(expected)
})

test('refuses a route that a plugin also has', async () => {
  const index = `import { defineApplication, defineProcedure, defineRouter } from 'neemata'
import { audit } from './audit.ts'
const list = defineProcedure({ handler: () => 1 })
export default defineApplication({
  router: defineRouter({ audit: { list } }),
  plugins: [audit],
})
`
  const { diagnostics } = await analyseProject(application('', { 'index.ts': index }))
  expect(diagnostics).toMatchObject([
    {
      code: 'NM2012',
      message:
        'The route `audit/list` of the plugin `audit` is also one of the application, at index.ts:3:7.',
      at: { file: 'index.ts', line: 6 },
    },
  ])
})

test('reads a stream as a route', async () => {
  const { model, diagnostics } = await analyseProject({
    'index.ts': `import { defineApplication, defineRouter, defineStream } from 'neemata'
export const watch = defineStream({ async *handler() { yield 1 } })
export default defineApplication({ router: defineRouter({ watch }) })
`,
  })
  expect(diagnostics).toEqual([])
  expect(model?.apps['shop']?.procedures).toEqual({
    watch: {
      kind: 'stream',
      readonly: false,
      source: { file: 'index.ts', path: ['watch'] },
      guards: [],
      middleware: [],
      filters: [],
      at: 'index.ts:2:14',
    },
  })
})

test('refuses a stream without a handler', async () => {
  const { diagnostics } = await analyseProject({
    'index.ts': `import { defineApplication, defineRouter, defineStream } from 'neemata'
export default defineApplication({ router: defineRouter({ watch: defineStream({}) }) })
`,
  })
  expect(diagnostics).toMatchObject([{ code: 'NM2014', message: 'This stream has no handler.' }])
})
