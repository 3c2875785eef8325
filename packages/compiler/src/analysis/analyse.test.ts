import { cpSync, mkdirSync, realpathSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { analyseProject, configFor, type Files } from '../../test/analyse-project.ts'
import { defaultPools } from '../config/resolvers/workers.ts'
import { createProject } from '../../test/create-project.ts'
import { analyse } from './analyse.ts'

const shop: Files = {
  'index.ts': `import { defineApplication } from 'neemata'
import { router } from './router.ts'
const application = defineApplication({ router, guards: [] })
export { application, application as default }
`,
  'router.ts': `import { defineFilter, defineGuard, defineMiddleware, defineRouter } from 'neemata'
import { create, watch } from './orders.ts'

export const isUser = defineGuard({ handler: () => true })
const trace = defineMiddleware({ handler: (context, call, next) => next() })
const hide = defineFilter({ handler() {} })
const shared = [isUser, defineGuard({ handler: () => true })]

export const orders = defineRouter({ create, watch }, { guards: shared, middleware: [trace] })
export const router = defineRouter(
  { orders },
  { guards: [isUser], filters: [hide], middleware: [...[trace]] },
)
`,
  'orders.ts': `import { defineProcedure } from 'neemata'

export const create = defineProcedure({ handler: () => 1 })
export const watch = defineProcedure({
  readonly: true,
  handler: () => 1,
})
`,
}

test('describes the application in the model', async () => {
  const { model, diagnostics } = await analyseProject(shop)
  const levels = {
    guards: [
      { file: 'router.ts', path: ['isUser'] },
      { file: 'router.ts', path: ['isUser'] },
      { file: 'router.ts', path: ['orders', 'guards', '1'] },
    ],
    middleware: [
      { file: 'router.ts', path: ['router', 'middleware', '0'] },
      { file: 'router.ts', path: ['orders', 'middleware', '0'] },
    ],
    filters: [{ file: 'router.ts', path: ['router', 'filters', '0'] }],
  }
  expect(diagnostics).toEqual([])
  expect(model).toEqual({
    version: 1,
    apps: {
      shop: {
        type: 'api',
        application: { file: 'index.ts', path: ['default'] },
        transports: ['http'],
        slots: 'inline',
        procedures: {
          'orders/create': {
            kind: 'call',
            readonly: false,
            source: { file: 'orders.ts', path: ['create'] },
            at: 'orders.ts:3:14',
            ...levels,
          },
          'orders/watch': {
            kind: 'call',
            readonly: true,
            source: { file: 'orders.ts', path: ['watch'] },
            at: 'orders.ts:4:14',
            ...levels,
          },
        },
        jobs: {},
        commands: {},
        plugins: [],
      },
    },
    schedules: {},
    workers: { api: { threads: 0 }, jobs: defaultPools },
  })
})

test('freezes the model at every depth', async () => {
  const { model } = await analyseProject(shop)
  expect(Object.isFrozen(model?.apps['shop']?.procedures['orders/create']?.guards[0])).toBe(true)
})

test('places inline procedures at their key', async () => {
  const { model } = await analyseProject({
    'index.ts': `import { defineApplication, defineProcedure, defineRouter } from 'neemata'
export default defineApplication({
  router: defineRouter({
    ping: defineProcedure({ handler: () => 1 }),
  }),
})`,
  })
  expect(model?.apps['shop']?.procedures['ping']?.at).toBe('index.ts:4:5')
})

test('lists the files that it read', async () => {
  const { sources, root } = await analyseProject({
    ...shop,
    'unused.ts': 'export const a = ',
    'orders.ts': `import './unused.ts'\n${shop['orders.ts']}`,
  })
  const names = sources.map((file) => path.relative(root, file))
  expect(names).toEqual(['index.ts', 'orders.ts', 'router.ts'])
})

test('keeps the model when the folder changes', async () => {
  const { root } = createProject(shop)
  const elsewhere = path.join(realpathSync(createProject({}).root), 'deep/er')
  mkdirSync(elsewhere, { recursive: true })
  cpSync(root, elsewhere, { recursive: true })
  const config = configFor({ shop: 'index.ts' })
  const [here, there] = await Promise.all(
    [root, elsewhere].map((folder) => analyse({ root: folder, config, cache: false })),
  )
  expect(JSON.stringify(there?.model)).toBe(JSON.stringify(here?.model))
  expect(here?.model).toBeDefined()
})

test('analyses several applications and reports each', async () => {
  const { root } = createProject({
    ...shop,
    'bad.ts': 'export const nothing = 1',
    'syntax.ts': 'export default (',
  })
  const config = configFor({
    shop: 'index.ts',
    bad: 'bad.ts',
    syntax: 'syntax.ts',
    gone: 'gone.ts',
  })
  const { model, diagnostics } = await analyse({ root, config, cache: false })
  expect(model).toBeUndefined()
  expect(diagnostics.map(({ code }) => code)).toEqual(['NM2001', 'NM2003', 'NM2002'])
})

test('warns of a worker that has a router', async () => {
  const { root } = createProject(shop)
  const { apps, ...rest } = configFor({ shop: 'index.ts' })
  const worker = { ...apps['shop'], type: 'worker' } as (typeof apps)[string]
  const config = { ...rest, apps: { shop: worker } }
  const { model, diagnostics } = await analyse({ root, config, cache: false })
  expect(diagnostics.map(({ code, severity }) => `${code} ${severity}`)).toEqual(['NM2018 warning'])
  expect(model?.apps['shop']?.procedures).toEqual({})
})

test('reads nothing but the router options that it needs', async () => {
  const { model, diagnostics } = await analyseProject({
    'index.ts': `import { defineApplication } from 'neemata'\nexport default defineApplication({ guards: unknown() })`,
  })
  expect(diagnostics).toEqual([])
  expect(model?.apps['shop']?.procedures).toEqual({})
})

interface Tree {
  readonly [segment: string]: Tree | 'procedure'
}

const segments = fc.stringMatching(/^[a-z][a-zA-Z0-9]{0,3}$/)
const { tree } = fc.letrec<{ tree: Tree; node: Tree | 'procedure' }>((tie) => ({
  node: fc.oneof({ maxDepth: 3 }, fc.constant<'procedure'>('procedure'), tie('tree')),
  tree: fc.dictionary(segments, tie('node'), { minKeys: 1, maxKeys: 4 }),
}))

/** A project of that tree: a file per procedure, all routers in one file, everything in an order of its own. */
function writeTree(root: Tree, order: (length: number) => number[]): Files {
  const files: Record<string, string> = {}
  const imports: string[] = []
  const routers: string[] = []
  const visit = (node: Tree, name: string): void => {
    const entries = Object.entries(node).map(([key, child]) => {
      const id = `${name}_${key}`
      if (child === 'procedure') {
        files[`${id}.ts`] =
          `import { defineProcedure } from 'neemata'\nexport const ${id} = defineProcedure({ handler() {} })\n`
        imports.push(`import { ${id} } from './${id}.ts'`)
      } else visit(child, id)
      return `${key}: ${id}`
    })
    const keys = shuffle(entries, order).join(', ')
    routers.push(`const ${name} = defineRouter({ ${keys} }, { guards: [guard] })`)
  }
  visit(root, 'root')
  const statements = [
    ...imports,
    ...routers,
    'export { root }',
    `const guard = defineGuard({ handler: () => true })`,
    `import { defineGuard, defineRouter } from 'neemata'`,
  ]
  files['router.ts'] = shuffle(statements, order).join('\n')
  files['index.ts'] =
    `import { defineApplication } from 'neemata'\nimport { root as router } from './router.ts'\nexport default defineApplication({ router })\n`
  return files
}

function shuffle<T>(items: readonly T[], order: (length: number) => number[]): T[] {
  const weights = order(items.length)
  return items
    .map((item, index) => ({ item, weight: weights[index] ?? 0 }))
    .sort((a, b) => a.weight - b.weight)
    .map(({ item }) => item)
}

function countProcedures(node: Tree | 'procedure'): number {
  if (node === 'procedure') return 1
  return Object.values(node).reduce<number>((sum, child) => sum + countProcedures(child), 0)
}

test('gives one model whatever the order', async () => {
  const weights = fc.infiniteStream(fc.nat())
  await fc.assert(
    fc.asyncProperty(tree, weights, async (root, stream) => {
      const order = (length: number): number[] => [...stream.take(length)]
      const straight = await analyseProject(writeTree(root, (length) => [...Array(length).keys()]))
      const shuffled = await analyseProject(writeTree(root, order))
      expect(straight.diagnostics).toEqual([])
      expect(Object.keys(straight.routes)).toHaveLength(countProcedures(root))
      expect(JSON.stringify(shuffled.model)).toBe(JSON.stringify(straight.model))
    }),
    { numRuns: 25 },
  )
})
