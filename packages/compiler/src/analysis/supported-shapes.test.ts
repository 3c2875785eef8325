import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import {
  type AnyProcedure,
  type Application,
  type Guard,
  isDescriptor,
  type Router,
} from '@neemata/application'
import { describe, expect, test } from 'vitest'
import { analyseProject, type Files } from '../../test/analyse-project.ts'
import type { ExportReference } from '../model/model.ts'

const orders = `
import { defineProcedure } from 'neemata'
export const create = defineProcedure({ handler: () => 1 })
export const list = defineProcedure({ readonly: true, handler: () => 1 })
`
const index = `
import { defineApplication } from 'neemata'
import { router } from './router.ts'
export default defineApplication({ router })
`
const both = { create: 'orders.ts#create', list: 'orders.ts#list' }

interface Case {
  readonly name: string
  readonly files: Files
  readonly routes: Readonly<Record<string, string>>
}

/** The application and the module of procedures are the same; a case gives the router. */
function withRouter(name: string, router: string, routes: Case['routes'], files: Files = {}): Case {
  const text = `import { defineProcedure, defineRouter } from 'neemata'\n${router}`
  return {
    name,
    files: { 'index.ts': index, 'orders.ts': orders, 'router.ts': text, ...files },
    routes,
  }
}

const cases: readonly Case[] = [
  {
    name: 'an application with everything inline',
    files: {
      'index.ts': `
        import { defineApplication, defineRouter, defineProcedure } from 'neemata'
        export default defineApplication({
          router: defineRouter({ ping: defineProcedure({ handler() {} }), a: { b: defineProcedure({ handler() {} }) } }),
        })`,
    },
    routes: {
      'a/b': 'index.ts#default.router.routes.a.b',
      ping: 'index.ts#default.router.routes.ping',
    },
  },
  {
    name: 'a default export through a constant',
    files: {
      'index.ts': `
        import { defineApplication, defineRouter } from 'neemata'
        import { create } from './orders'
        const router = defineRouter({ create })
        const app = defineApplication({ router })
        export default app`,
      'orders.ts': orders,
    },
    routes: { create: 'orders.ts#create' },
  },
  {
    name: 'a default export from another module',
    files: {
      'index.ts': `export { app as default } from './app.js'`,
      'app.ts': `
        import * as nm from 'neemata'
        import { create } from './orders.ts'
        export const app = nm.defineApplication({ router: nm.defineRouter({ create }) })`,
      'orders.ts': orders,
    },
    routes: { create: 'orders.ts#create' },
  },
  {
    name: 'a definer under another name, re-exported',
    files: {
      'index.ts': `
        import { app } from './kit/index'
        import { create, list as all } from './orders'
        import { router as makeRouter } from './kit'
        export default app({ router: makeRouter({ create, all }) })`,
      'kit/index.ts': `export * from './define.ts'`,
      'kit/define.ts': `
        import { defineApplication as app } from 'neemata'
        export { defineRouter as router } from 'neemata'
        export { app }`,
      'orders.ts': orders,
    },
    routes: { create: 'orders.ts#create', all: 'orders.ts#list' },
  },
  withRouter(
    'named imports',
    `import { create, list } from './orders.ts'\nexport const router = defineRouter({ create, list })`,
    both,
  ),
  withRouter(
    'renamed imports',
    `import { create as c, list } from './orders.ts'\nexport const router = defineRouter({ create: c, list })`,
    both,
  ),
  withRouter(
    'a namespace import',
    `import * as o from './orders.ts'\nexport const router = defineRouter({ create: o.create, list: o['list'] })`,
    both,
  ),
  withRouter(
    'a namespace as routes',
    `import * as o from './orders.ts'\nexport const router = defineRouter({ orders: o })`,
    {
      'orders/create': 'orders.ts#create',
      'orders/list': 'orders.ts#list',
    },
  ),
  withRouter(
    'a spread namespace',
    `import * as o from './orders.ts'\nexport const router = defineRouter({ ...o })`,
    both,
  ),
  withRouter(
    '`export *` and `export * as`',
    `import { create, all } from './barrel.ts'\nexport const router = defineRouter({ create, list: all.list })`,
    both,
    {
      'barrel.ts': `export * from './orders.ts'\nexport * as all from './orders.ts'`,
    },
  ),
  withRouter(
    '`export *` in a circle',
    `import { create, list } from './a.ts'\nexport const router = defineRouter({ create, list })`,
    both,
    {
      'a.ts': `export * from './b.ts'`,
      'b.ts': `export * from './a.ts'\nexport * from './orders.ts'`,
    },
  ),
  withRouter(
    're-exports under another name',
    `import { make } from './barrel.ts'\nexport const router = defineRouter({ create: make })`,
    { create: 'orders.ts#create' },
    {
      'barrel.ts': `export { create as make } from './orders.ts'`,
    },
  ),
  withRouter(
    'default imports',
    `import get from './get.ts'\nexport const router = defineRouter({ get })`,
    { get: 'get.ts#default' },
    {
      'get.ts': `import { defineProcedure } from 'neemata'\nexport default defineProcedure({ handler: () => 1 })`,
    },
  ),
  withRouter(
    '`as const`, `satisfies` and parentheses',
    `import * as o from './orders.ts'\nconst routes = ({ create: o.create, list: o.list! } as const) satisfies object\nexport const router = defineRouter(routes)`,
    both,
  ),
  withRouter(
    'computed keys that are constant',
    `
    import * as o from './orders.ts'
    enum Name { Create = 'create' }
    const names = { list: 'li' } as const
    export const router = defineRouter({ [Name.Create]: o.create, [\`\${names.list}st\`]: o.list })`,
    both,
  ),
  withRouter(
    'spread fragments',
    `
    import { create, list } from './orders.ts'
    const fragment = { list }
    export const router = defineRouter({ create, ...fragment, ...undefined })`,
    both,
  ),
  withRouter(
    'a spread of the routes of a router',
    `
    import { create, list } from './orders.ts'
    const base = defineRouter({ create })
    export const router = defineRouter({ ...base.routes, list })`,
    both,
  ),
  withRouter(
    'inline procedures in a spread fragment',
    `
    const inner = { a: defineProcedure({ handler() {} }) }
    export const outer = { b: defineProcedure({ handler() {} }) }
    export const router = defineRouter({ ...inner, ...outer })`,
    {
      a: 'router.ts#router.routes.a',
      b: 'router.ts#outer.b',
    },
  ),
  withRouter(
    'nested routers and objects',
    `
    import { create, list } from './orders.ts'
    const inner = defineRouter({ create, x: { list } })
    export const router = defineRouter({ orders: inner })`,
    {
      'orders/create': 'orders.ts#create',
      'orders/x/list': 'orders.ts#list',
    },
  ),
  withRouter(
    'a router without an export',
    `
    const inner = defineRouter({ get: defineProcedure({ handler() {} }) })
    const router = defineRouter({ inner })
    export { router }`,
    { 'inner/get': 'router.ts#router.routes.inner.routes.get' },
  ),
  withRouter(
    'a wrapper of `defineProcedure`',
    `
    const authed = <T>({ handler, ...options }: T) => defineProcedure({ ...options, handler })
    export const get = authed({ readonly: true, handler: () => 1 })
    export const router = defineRouter({ get })`,
    { get: 'router.ts#get' },
  ),
  withRouter(
    'a curried builder',
    `
    const base = (meta) => (options) => defineProcedure({ meta, ...options })
    const get = base({ area: 1 })({ handler: () => 1 })
    export const router = defineRouter({ get })`,
    { get: 'router.ts#router.routes.get' },
  ),
  withRouter(
    'a router factory',
    `
    function crud(name: string, { key = 'get' } = {}) {
      const get = defineProcedure({ handler: () => name })
      return defineRouter({ [key]: get, [\`\${name}List\`]: defineProcedure({ handler: () => 1 }) })
    }
    export const router = defineRouter({ users: crud('users'), orders: crud('orders', { key: 'find' }) })`,
    {
      'users/get': 'router.ts#router.routes.users.routes.get',
      'users/usersList': 'router.ts#router.routes.users.routes.usersList',
      'orders/find': 'router.ts#router.routes.orders.routes.find',
      'orders/ordersList': 'router.ts#router.routes.orders.routes.ordersList',
    },
  ),
  withRouter(
    'a merging helper',
    `
    import { create, list } from './orders.ts'
    const merge = (first, second) => ({ ...first, ...second })
    export const router = defineRouter(merge({ create }, { list }))`,
    both,
  ),
  withRouter(
    'destructured exports',
    `
    const make = (name: string) => ({ get: defineProcedure({ handler: () => name }), nested: [defineProcedure({ handler() {} })] })
    export const { get, nested: [first], ...others } = make('x')
    export const router = defineRouter({ get, first })`,
    { get: 'router.ts#get', first: 'router.ts#first' },
  ),
  withRouter(
    'a dynamic import that is awaited',
    `
    const { create } = await import('./orders.ts')
    export const router = defineRouter({ create, list: (await import('./orders.ts')).list })`,
    both,
  ),
  withRouter(
    'a condition between procedures',
    `
    import { list } from './orders.ts'
    const other = defineProcedure({ readonly: true, handler() {} })
    export const router = defineRouter({ list: process.env.X ? list : other })`,
    {
      list: 'router.ts#router.routes.list',
    },
  ),
  withRouter(
    'a condition that the source decides',
    `
    import { create, list } from './orders.ts'
    const beta = false
    export const router = defineRouter({ list, ...(beta ? {} : { create }), ...(beta && { list }) })`,
    both,
  ),
  withRouter(
    'modules that import each other',
    `
    import { child } from './child.ts'
    export const router = defineRouter({ child })
    export function make() { return defineProcedure({ handler() {} }) }`,
    { 'child/own': 'child.ts#child.routes.own' },
    {
      'child.ts': `import { defineRouter } from 'neemata'\nimport { make } from './router.ts'\nexport const child = defineRouter({ own: make() })`,
    },
  ),
  withRouter(
    'guards at several levels',
    `
    import { create, list } from './orders.ts'
    import { defineGuard } from 'neemata'
    const guard = () => defineGuard({ handler: () => true })
    const shared = guard()
    export const named = guard()
    const common = [shared, named]
    const inner = defineRouter({ create }, { guards: [...common, guard()] })
    const options = { guards: [guard()] }
    export const exported = { guards: [guard(), shared] }
    export const router = defineRouter(
      { inner, other: defineRouter({ list }, { ...exported }) },
      options,
    )`,
    { 'inner/create': 'orders.ts#create', 'other/list': 'orders.ts#list' },
  ),
  withRouter(
    'a factory whose handlers keep state',
    `
    const make = (name: string) => {
      const seen: Record<string, number> = {}
      return { [name]: defineProcedure({ handler: () => { seen[name] = 1; routes.push(1) } }) }
    }
    const routes: unknown[] = []
    export const router = defineRouter(make('get'))`,
    { get: 'router.ts#router.routes.get' },
  ),
  withRouter(
    'frozen objects',
    `
    import { create, list } from './orders.ts'
    export const router = defineRouter(Object.freeze({ create, list }))`,
    both,
  ),
  withRouter(
    'types beside values',
    `
    import type { Missing } from './missing.ts'
    import { create, type Other } from './orders.ts'
    export type { Missing }
    export interface Shape { a: Missing }
    function helper(): void
    function helper(_value?: Other): void {}
    export const router = defineRouter<Shape>({ create })`,
    { create: 'orders.ts#create' },
  ),
  withRouter(
    'a module spread that exports types',
    `
    import * as all from './all.ts'
    export const router = defineRouter({ ...all })`,
    { create: 'orders.ts#create' },
    {
      'all.ts': `export { create } from './orders.ts'\nexport type Row = string\nexport { type Row as Other } from './all.ts'`,
    },
  ),
  withRouter(
    'tsconfig paths',
    `
    import { create } from '@/orders'
    export const router = defineRouter({ create })`,
    { create: 'orders.ts#create' },
    {
      'tsconfig.json': `{ "compilerOptions": { "paths": { "@/*": ["./*"] } } }`,
    },
  ),
  withRouter(
    'package imports',
    `
    import { create } from '#orders'
    export const router = defineRouter({ create })`,
    { create: 'orders.ts#create' },
    {
      'package.json': `{ "name": "x", "imports": { "#orders": "./orders.ts" } }`,
    },
  ),
  withRouter(
    'a folder with an index',
    `
    import { create } from './sub'
    export const router = defineRouter({ create })`,
    { create: 'sub/index.ts#create' },
    {
      'sub/index.ts': orders,
    },
  ),
  withRouter(
    'names that objects inherit',
    `
    export const constructor = defineProcedure({ handler() {} })
    export const router = defineRouter({ toString: constructor, hasOwnProperty: constructor })`,
    {
      toString: 'router.ts#constructor',
      hasOwnProperty: 'router.ts#constructor',
    },
  ),
]

/** Resolved by the compiler as TypeScript does, and by nothing in this test. */
const notRunnable = new Set(['tsconfig paths'])

describe('references of the model', () => {
  const runnable = cases.filter(({ name }) => !notRunnable.has(name))
  test.each(runnable)('reach what runs for $name', async ({ files }) => {
    const { model, root } = await analyseProject(files, {}, ['neemata'])
    const load = async ({ file, path }: ExportReference): Promise<unknown> => {
      const namespace: unknown = await import(pathToFileURL(join(root, file)).href)
      return path.reduce((value, key) => (value as Record<string, unknown>)[key], namespace)
    }
    const app = model?.apps['shop']
    const application = (await load(app?.application ?? { file: '', path: [] })) as Application
    const live = Object.fromEntries(listProcedures(application.router, [], []))
    expect(Object.keys(app?.procedures ?? {})).toEqual(Object.keys(live).sort())
    for (const [path, { source, readonly, guards }] of Object.entries(app?.procedures ?? {})) {
      expect(await load(source)).toBe(live[path]?.procedure)
      expect(readonly).toBe(live[path]?.procedure.readonly)
      const loaded = await Promise.all(guards.map(load))
      expect(loaded).toHaveLength(live[path]?.guards.length ?? 0)
      for (const [index, guard] of loaded.entries()) expect(guard).toBe(live[path]?.guards[index])
    }
  })
})

interface Live {
  readonly procedure: AnyProcedure
  /** Those of the routers above, outermost first. */
  readonly guards: readonly Guard[]
}

/** What the running program sees, by path. */
function listProcedures(
  value: unknown,
  path: readonly string[],
  guards: readonly Guard[],
): [string, Live][] {
  if (isDescriptor(value, 'procedure')) {
    return [[path.join('/'), { procedure: value as AnyProcedure, guards }]]
  }
  const router = isDescriptor(value, 'router') ? (value as Router) : undefined
  const inside = [...guards, ...(router?.guards ?? [])]
  return Object.entries(router?.routes ?? (value as object)).flatMap(([key, child]) =>
    listProcedures(child, [...path, key], inside),
  )
}

describe('shapes that are followed', () => {
  test.each(cases)('follows $name', async ({ files, routes }) => {
    const analysis = await analyseProject(files)
    expect(analysis.diagnostics).toEqual([])
    expect(analysis.routes).toEqual(routes)
  })

  test('follows a workspace package as source', async () => {
    const { routes, diagnostics } = await analyseProject(
      {
        'index.ts': `
          import { defineApplication, defineRouter } from 'neemata'
          import { create } from '@acme/orders'
          export default defineApplication({ router: defineRouter({ create }) })`,
        'packages/orders/package.json': `{ "name": "@acme/orders", "exports": "./src/index.ts" }`,
        'packages/orders/src/index.ts': orders,
      },
      { 'node_modules/@acme/orders': 'packages/orders' },
    )
    expect(diagnostics).toEqual([])
    expect(routes).toEqual({ create: 'packages/orders/src/index.ts#create' })
  })
})
