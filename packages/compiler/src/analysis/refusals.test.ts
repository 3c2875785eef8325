import { describe, expect, test } from 'vitest'
import { analyseProject, type Files } from '../../test/analyse-project.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'

const orders = `import { defineProcedure } from 'neemata'
export const create = defineProcedure({ handler: () => 1 })
export const list = defineProcedure({ handler: () => 1 })
`
const index = `import { defineApplication } from 'neemata'
import { router } from './router.ts'
export default defineApplication({ router })
`

interface Case {
  readonly name: string
  readonly files: Files
  /** `code file:line:column` */
  readonly error: string
  readonly message: RegExp
  /** Of related places. */
  readonly related?: readonly string[]
}

/** Lines 3 and on of router.ts; lines 1 and 2 import the definers and the two procedures. */
function router(
  name: string,
  text: string,
  expected: Pick<Case, 'error' | 'message' | 'related'>,
  files: Files = {},
): Case {
  const head = `import { defineFilter, defineGuard, defineProcedure, defineRouter } from 'neemata'
import { create, list } from './orders.ts'
`
  return {
    name,
    files: { 'index.ts': index, 'orders.ts': orders, 'router.ts': head + text, ...files },
    ...expected,
  }
}

function application(name: string, text: string, expected: Pick<Case, 'error' | 'message'>): Case {
  return { name, files: { 'index.ts': text, 'orders.ts': orders }, ...expected }
}

const cases: readonly Case[] = [
  application('a missing application file', '', {
    error: 'NM2001 -',
    message: /"shop" does not exist: index.ts/,
  }),
  application('no default export', `export const a = 1`, {
    error: 'NM2003 index.ts:1:1',
    message: /index.ts has no default export/,
  }),
  application(
    'an application that is only a named export',
    `import { defineApplication } from 'neemata'\nexport const app = defineApplication({})`,
    { error: 'NM2003 index.ts:2:14', message: /no default export/ },
  ),
  application(
    'a router as the default export',
    `import { defineRouter } from 'neemata'\nexport const router = defineRouter({})\nexport default router`,
    { error: 'NM2004 index.ts:3:16', message: /is a router, not an application/ },
  ),
  application('an object as the default export', `export default { router: 1 }`, {
    error: 'NM2004 index.ts:1:16',
    message: /is an object, not an application/,
  }),
  application('a class as the default export', `export default class App {}`, {
    error: 'NM2026 index.ts:1:22',
    message: /Classes are not followed/,
  }),
  application('a syntax error in an application', `export default {\n  a: 1,,\n}`, {
    error: 'NM2002 index.ts:2:8',
    message: /expected/,
  }),
  application(
    'something else as the router',
    `import { defineApplication } from 'neemata'\nexport default defineApplication({ router: { a: 1 } })`,
    { error: 'NM2017 index.ts:2:36', message: /is an object, not a router/ },
  ),
  application(
    'a missing router module',
    `import { defineApplication } from 'neemata'\nimport { router } from './router.ts'\nexport default defineApplication({ router })`,
    { error: 'NM2005 index.ts:2:10', message: /"\.\/router\.ts" can't be resolved/ },
  ),
  router(
    'a syntax error in an imported module',
    `import { x } from './bad.ts'\nexport const router = defineRouter({ x })`,
    {
      error: 'NM2002 bad.ts:1:18',
      message: /expected/,
      related: ['router.ts:4:38'],
    },
    { 'bad.ts': 'export const x = = 1' },
  ),
  router(
    'a name that is not exported',
    `import { x } from './orders.ts'\nexport const router = defineRouter({ x })`,
    {
      error: 'NM2006 router.ts:3:10',
      message: /orders.ts does not export `x`/,
    },
  ),
  router(
    'a member of a module that is not exported',
    `import * as all from './orders.ts'\nexport const router = defineRouter({ x: all.remove })`,
    {
      error: 'NM2006 router.ts:4:41',
      message: /orders.ts does not export `remove`/,
    },
  ),
  router(
    'a type imported as a value',
    `import { X } from './x.ts'\nexport const router = defineRouter({ x: X })`,
    {
      error: 'NM2006 router.ts:4:41',
      message: /`X` is only a type/,
    },
    { 'x.ts': 'export interface X { a: 1 }' },
  ),
  router(
    'the same name from two modules',
    `import { x } from './both.ts'\nexport const router = defineRouter({ x })`,
    {
      error: 'NM2007 both.ts:2:1',
      message: /export `x`/,
      related: ['both.ts:1:1', 'router.ts:4:38'],
    },
    {
      'both.ts': `export * from './a.ts'\nexport * from './b.ts'`,
      'a.ts': 'export const x = 1',
      'b.ts': 'export const x = 2',
    },
  ),
  router(
    'a route that is no procedure',
    `export const router = defineRouter({ create, limit: 5 })`,
    {
      error: 'NM2010 router.ts:3:46',
      message: /`limit` is the number 5/,
    },
  ),
  router(
    'a promise as a route',
    `export const router = defineRouter({ orders: import('./orders.ts') })`,
    {
      error: 'NM2010 router.ts:3:38',
      message: /is a promise/,
    },
  ),
  router(
    'a guard as a route',
    `export const router = defineRouter({ a: defineGuard({ handler: () => true }) })`,
    {
      error: 'NM2010 router.ts:3:38',
      message: /is a guard/,
    },
  ),
  router('an invalid segment', `export const router = defineRouter({ 'create-order': create })`, {
    error: 'NM2011 router.ts:3:38',
    message: /`create-order` can't be a part/,
  }),
  router(
    'the same key twice',
    `export const router = defineRouter({\n  create,\n  create: list,\n})`,
    {
      error: 'NM2012 router.ts:5:3',
      message: /`create` is declared twice/,
      related: ['router.ts:4:3'],
    },
  ),
  router(
    'the same route through a spread',
    `const base = { create }\nexport const router = defineRouter({\n  a: { ...base, create: list },\n})`,
    {
      error: 'NM2012 router.ts:5:17',
      message: /`a\/create` is declared twice/,
      related: ['router.ts:5:8'],
    },
  ),
  router(
    'the same key twice in a fragment',
    `const base = { create, create: list }\nexport const router = defineRouter({ ...base })`,
    {
      error: 'NM2012 router.ts:3:24',
      message: /`create` is declared twice/,
    },
  ),
  router(
    'a router that contains itself',
    `export const router = defineRouter({ create, again: child })\nexport const child = defineRouter({ up: router })`,
    {
      error: 'NM2013 router.ts:4:37',
      message: /`again\/up` leads back .*router.ts:3:14 → .*router.ts:4:14 → .*router.ts:3:14/,
    },
  ),
  router(
    'an object that contains itself',
    `const routes = { create, get again() { return routes } }\nexport const router = defineRouter(routes)`,
    {
      error: 'NM2028 router.ts:3:26',
      message: /getter/,
    },
  ),
  router(
    'an object that is spread into itself',
    `const routes = { ...more }\nconst more = { ...routes }\nexport const router = defineRouter(routes)`,
    {
      error: 'NM2013 router.ts:3:16',
      message: /spread into itself/,
    },
  ),
  router(
    'a procedure without a handler',
    `export const router = defineRouter({\n  a: defineProcedure({ readonly: true }),\n})`,
    {
      error: 'NM2014 router.ts:4:6',
      message: /has no handler/,
    },
  ),
  router(
    'a procedure without options',
    `export const router = defineRouter({ a: defineProcedure() })`,
    {
      error: 'NM2014 router.ts:3:41',
      message: /no options/,
    },
  ),
  router(
    'a `readonly` that is no literal',
    `export const router = defineRouter({\n  a: defineProcedure({ readonly: process.env.X === '1', handler() {} }),\n})`,
    {
      error: 'NM2015 router.ts:4:24',
      message: /not `true` or `false`/,
    },
  ),
  router(
    'something else among guards',
    `const g = defineFilter({ handler() {} })\nexport const router = defineRouter({ create }, { guards: [g] })`,
    {
      error: 'NM2016 router.ts:4:59',
      message: /is a filter, not a guard/,
    },
  ),
  router(
    'guards that are no array',
    `export const router = defineRouter({ create }, { guards: create })`,
    {
      error: 'NM2017 router.ts:3:50',
      message: /not an array/,
    },
  ),
  router(
    'guards that depend on a condition',
    `const g = defineGuard({ handler: () => true })\nexport const router = defineRouter({ create }, { guards: [...(process.env.X ? [g] : [])] })`,
    {
      error: 'NM2021 router.ts:4:63',
      message: /`process\.env\.X`/,
      related: ['router.ts:4:23'],
    },
  ),
  router(
    'a run-time key',
    `const name = process.env.NAME\nexport const router = defineRouter({ [name]: create, list })`,
    {
      error: 'NM2020 router.ts:4:38',
      message: /`process\.env\.NAME`/,
      related: ['router.ts:4:14'],
    },
  ),
  router(
    'a run-time member',
    `const all = { create, list }\nexport const router = defineRouter({ a: all[process.env.X] })`,
    {
      error: 'NM2020 router.ts:4:45',
      message: /Which member/,
    },
  ),
  router(
    'a conditional spread',
    `export const router = defineRouter({\n  create,\n  ...(process.env.BETA ? { list } : {}),\n})`,
    {
      error: 'NM2021 router.ts:5:7',
      message: /`process\.env\.BETA`/,
    },
  ),
  router(
    'a spread after `&&`',
    `export const router = defineRouter({ create, ...(process.env.BETA && { list }) })`,
    {
      error: 'NM2021 router.ts:3:50',
      message: /condition/,
    },
  ),
  router(
    'a condition between routers',
    `const a = defineRouter({ create })\nconst b = defineRouter({ list })\nexport const router = defineRouter({ x: process.env.X ? a : b })`,
    {
      error: 'NM2021 router.ts:5:41',
      message: /condition/,
    },
  ),
  router(
    '`Object.fromEntries`',
    `export const router = defineRouter(Object.fromEntries([['create', create]]))`,
    {
      error: 'NM2022 router.ts:3:36',
      message: /`Object\.fromEntries\(\)`/,
    },
  ),
  router(
    'a mapped table',
    `const names = ['a', 'b']\nconst made = names.map((name) => ({ name }))\nexport const router = defineRouter({ ...made })`,
    {
      error: 'NM2022 router.ts:4:14',
      message: /`\.map\(\)`/,
    },
  ),
  router('`Object.assign`', `export const router = defineRouter(Object.assign({}, { create }))`, {
    error: 'NM2022 router.ts:3:36',
    message: /Object\.assign/,
  }),
  router('`let`', `let routes = { create }\nexport const router = defineRouter(routes)`, {
    error: 'NM2023 router.ts:3:5',
    message: /`routes` is declared with `let`/,
    related: ['router.ts:4:14'],
  }),
  router(
    'an assignment after the definition',
    `const routes: any = { create }\nroutes.list = list\nexport const router = defineRouter(routes)`,
    {
      error: 'NM2024 router.ts:4:1',
      message: /`routes` is changed here/,
      related: ['router.ts:3:7', 'router.ts:5:14'],
    },
  ),
  router(
    'an assignment through another name',
    `const routes: any = { create }\nconst alias = routes\nalias['list'] = list\nexport const router = defineRouter(routes)`,
    {
      error: 'NM2024 router.ts:5:1',
      message: /changed/,
    },
  ),
  router(
    'an assignment to the routes of a router',
    `export const router: any = defineRouter({ create })\nif (process.env.X) router.routes.list = list`,
    {
      error: 'NM2024 router.ts:4:20',
      message: /`router` is changed here/,
    },
  ),
  router(
    '`Object.assign` after the definition',
    `const routes = { create }\nObject.assign(routes, { list })\nexport const router = defineRouter(routes)`,
    {
      error: 'NM2024 router.ts:4:1',
      message: /changed/,
    },
  ),
  router(
    '`push` on a list of guards',
    `const guards = []\nfunction later() { guards.push(1) }\nexport const router = defineRouter({ create }, { guards })`,
    {
      error: 'NM2024 router.ts:4:20',
      message: /`guards` is changed/,
    },
  ),
  router(
    'a deletion',
    `const routes: any = { create, list }\ndelete routes.list\nexport const router = defineRouter(routes)`,
    {
      error: 'NM2024 router.ts:4:1',
      message: /changed/,
    },
  ),
  router(
    'a function that is called for its effect',
    `const routes = { create }\naddHealth(routes)\nfunction addHealth(r: any) { r.health = list }\nexport const router = defineRouter(routes)`,
    {
      error: 'NM2024 router.ts:4:11',
      message: /passed to a function/,
    },
  ),
  router(
    'a function that changes what it is given and returns',
    `const routes = { create }\nexport const more = addHealth(routes)\nfunction addHealth(r: any) {\n  r.health = list\n  return {}\n}\nexport const router = defineRouter(routes)`,
    { error: 'NM2024 router.ts:4:31', message: /passed to a function/ },
  ),
  router(
    'a change inside a factory',
    `const make = () => {\n  const routes: any = { create }\n  const added = (routes.list = list)\n  return defineRouter(routes)\n}\nexport const router = make()`,
    { error: 'NM2024 router.ts:5:18', message: /`routes` is changed/ },
  ),
  router(
    'a change in another module',
    `export const routes: any = { create }\nexport const router = defineRouter({ ...routes, ...more })\nimport { more } from './more.ts'`,
    {
      error: 'NM2024 more.ts:3:1',
      message: /changed here/,
      related: ['router.ts:3:14'],
    },
    { 'more.ts': `import { routes } from './router.ts'\nexport const more = {}\nroutes.x = 1` },
  ),
  router(
    'a router of a package',
    `import { router as audit } from 'audit'\nexport const router = defineRouter({ audit })`,
    {
      error: 'NM2025 router.ts:4:38',
      message: /`router` of the package "audit"/,
    },
    {
      'node_modules/audit/package.json': '{ "name": "audit", "main": "index.js" }',
      'node_modules/audit/index.js': '',
    },
  ),
  router(
    'a router made by a package',
    `import { make } from 'audit'\nexport const router = defineRouter({ audit: make() })`,
    {
      error: 'NM2025 router.ts:4:45',
      message: /made by `make` of the package "audit"/,
    },
    {
      'node_modules/audit/package.json': '{ "name": "audit", "main": "index.js" }',
      'node_modules/audit/index.js': '',
    },
  ),
  router(
    'a static member of a class',
    `class Routes { static all = { create } }\nexport const router = defineRouter(Routes.all)`,
    {
      error: 'NM2026 router.ts:3:7',
      message: /Classes/,
    },
  ),
  router(
    'an instance',
    `class Routes { all = { create } }\nexport const router = defineRouter(new Routes().all)`,
    {
      error: 'NM2026 router.ts:4:36',
      message: /`new`/,
    },
  ),
  router(
    'a function with statements',
    `function make(flag: boolean) {\n  if (flag) return defineRouter({ create })\n  return defineRouter({ list })\n}\nexport const router = make(true)`,
    {
      error: 'NM2027 router.ts:4:3',
      message: /statement/,
      related: ['router.ts:7:23', 'index.ts:3:16'],
    },
  ),
  router(
    'an async function',
    `async function make() { return defineRouter({ create }) }\nexport const router = await make()`,
    {
      error: 'NM2027 router.ts:3:1',
      message: /async/,
    },
  ),
  router('a global', `export const router = defineRouter(globalThis.routes)`, {
    error: 'NM2017 router.ts:3:23',
    message: /`globalThis\.routes`/,
  }),
  router(
    'a JSON module as routes',
    `import routes from './routes.json'\nexport const router = defineRouter(routes)`,
    {
      error: 'NM2017 router.ts:4:23',
      message: /the file ".\/routes.json", not an object/,
    },
    { 'routes.json': '{}' },
  ),
  router(
    'a function that calls itself',
    `const make = () => defineRouter({ again: make() })\nexport const router = make()`,
    {
      error: 'NM2030 router.ts:3:35',
      message: /deeper than 32/,
    },
  ),
  router(
    'a spread of a router',
    `const base = defineRouter({ create })\nexport const router = defineRouter({ ...base })`,
    {
      error: 'NM2028 router.ts:4:38',
      message: /a router/,
    },
  ),
  router(
    'a value that depends on itself',
    `const a = b\nconst b = a\nexport const router = defineRouter({ a })`,
    {
      error: 'NM2028 router.ts:3:7',
      message: /depends on itself/,
    },
  ),
  router(
    'options that hide the handler',
    `import { options } from 'audit'\nexport const router = defineRouter({ a: defineProcedure({ ...options }) })`,
    {
      error: 'NM2025 router.ts:4:59',
      message: /`options` of the package/,
    },
    {
      'node_modules/audit/package.json': '{ "name": "audit", "main": "index.js" }',
      'node_modules/audit/index.js': '',
    },
  ),
]

describe('shapes that are refused', () => {
  test.each(cases)('refuses $name', async ({ files, error, message, related }) => {
    const { 'index.ts': text, ...others } = files
    const analysis = await analyseProject(text === '' ? others : files)
    expect(analysis.model).toBeUndefined()
    expect(analysis.diagnostics.map(summarise)).toEqual([error])
    const [diagnostic] = analysis.diagnostics
    expect(diagnostic?.message).toMatch(message)
    expect(diagnostic?.hint).not.toBe('')
    if (related) expect(diagnostic?.related.map(({ at }) => format(at))).toEqual(related)
  })

  test('reports all that is wrong', async () => {
    const { diagnostics } = await analyseProject({
      'index.ts': `import { defineApplication, defineRouter, defineProcedure } from 'neemata'
let a = 1
export default defineApplication({
  router: defineRouter({ a, b: defineProcedure({}), c: { d: 2 }, [process.env.E]: 3, ok: defineProcedure({ handler() {} }) }),
})`,
    })
    expect(diagnostics.map(({ code }) => code)).toEqual(['NM2023', 'NM2014', 'NM2010', 'NM2020'])
  })

  test('says which export is an application', async () => {
    const { diagnostics } = await analyseProject({
      'index.ts': `import { defineApplication } from 'neemata'\nexport const app = defineApplication({})`,
    })
    expect(diagnostics[0]?.hint).toContain('export default app')
  })
})

function summarise({ code, at }: Diagnostic): string {
  return `${code} ${at ? format(at) : '-'}`
}

function format({ file, line, column }: NonNullable<Diagnostic['at']>): string {
  return `${file}:${line}:${column}`
}
