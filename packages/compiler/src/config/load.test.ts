import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { configSource, createConfigProject, loadProject } from '../../test/config-project.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { loadConfig } from './load.ts'

const minimal = configSource("{ apps: { shop: './app.ts' } }")

/** A diagnostic as `file:line:column code`. */
function brief({ at, code }: Diagnostic): string {
  return at ? `${at.file}:${at.line}:${at.column} ${code}` : code
}

async function failure(files: Readonly<Record<string, string>>): Promise<readonly Diagnostic[]> {
  const { root } = await createConfigProject(files)
  const { loaded, diagnostics } = await loadConfig({ cwd: root })
  expect(loaded).toBeUndefined()
  expect(leftovers(root)).toEqual([])
  return diagnostics
}

function leftovers(root: string): readonly string[] {
  const cache = join(root, 'node_modules/.cache/neemata')
  const cached = existsSync(cache) ? readdirSync(cache) : []
  return [...cached, ...readdirSync(root).filter((name) => /config\.\d/.test(name))]
}

test('loads the config of a folder above', async () => {
  const project = await createConfigProject({ 'neemata.config.ts': minimal, 'apps/shop/x.ts': '' })
  const { loaded, diagnostics } = await loadConfig({ cwd: join(project.root, 'apps/shop') })
  expect(diagnostics).toEqual([])
  expect(loaded).toMatchObject({
    root: project.root,
    file: join(project.root, 'neemata.config.ts'),
    value: { apps: { shop: './app.ts' } },
  })
  expect(leftovers(project.root)).toEqual([])
})

test.each(['mts', 'js', 'mjs'])('finds a config that ends in .%s', async (extension) => {
  const project = await createConfigProject({ [`neemata.config.${extension}`]: minimal })
  const loaded = await loadProject(project.root)
  expect(loaded.file).toBe(join(project.root, `neemata.config.${extension}`))
})

test('loads the config that is named', async () => {
  const project = await createConfigProject({ 'deploy/other.ts': minimal })
  const { loaded } = await loadConfig({ cwd: project.root, config: 'deploy/other.ts' })
  expect(loaded?.root).toBe(join(project.root, 'deploy'))
})

test('reports that there is no config', async () => {
  expect(await failure({})).toMatchObject([
    { code: 'NM1001', message: expect.stringContaining('no neemata.config.ts') },
  ])
  const { root } = await createConfigProject({})
  const { diagnostics } = await loadConfig({ cwd: root, config: 'gone.ts' })
  expect(diagnostics).toMatchObject([
    { code: 'NM1001', hint: expect.stringContaining(join(root, 'gone.ts')) },
  ])
})

test('runs TypeScript across files and lists them', async () => {
  const project = await createConfigProject({
    'neemata.config.ts': `
import { defineRuntime } from 'neemata/config'
import { join } from 'node:path'
import { limits, Size } from './config/limits'
import names from './config/names.json' with { type: 'json' }
const { extra } = await import('./config/extra.ts')
export default defineRuntime({
  apps: Object.fromEntries(names.map((name: string) => [name, join('apps', name + '.ts')])),
  limits: { ...limits, bodySize: Size.Small as number },
  logging: extra,
} satisfies object)`,
    'config/limits.ts': 'export enum Size { Small = 7 }\nexport const limits = { connections: 5 }',
    'config/names.json': '["shop", "admin"]',
    'config/extra.ts': "export const extra = { level: 'warn' } as const",
  })
  const loaded = await loadProject(project.root)
  expect(loaded.value).toEqual({
    apps: { shop: 'apps/shop.ts', admin: 'apps/admin.ts' },
    limits: { connections: 5, bodySize: 7 },
    logging: { level: 'warn' },
  })
  const files = ['config/extra.ts', 'config/limits.ts', 'config/names.json', 'neemata.config.ts']
  expect(loaded.sources).toEqual(files.map((file) => join(project.root, file)))
})

test('reads an edited config again', async () => {
  const project = await createConfigProject({
    'neemata.config.ts': configSource('{ apps: {}, limits: fragment }').replace(
      'void',
      "import { fragment } from './fragment.ts'\nvoid",
    ),
    'fragment.ts': 'export const fragment = { connections: 1 }',
  })
  expect((await loadProject(project.root)).value).toMatchObject({ limits: { connections: 1 } })
  project.write('fragment.ts', 'export const fragment = { connections: 2 }')
  const loaded = await loadProject(project.root)
  expect(loaded.value).toMatchObject({ limits: { connections: 2 } })
  expect(loaded.locate(['limits', 'connections'])).toMatchObject({ file: 'fragment.ts', line: 1 })
})

test('follows path aliases of the project', async () => {
  const project = await createConfigProject({
    'package.json': '{ "type": "module", "imports": { "#part": "./parts/one.ts" } }',
    'tsconfig.json': '{ "compilerOptions": { "paths": { "@parts/*": ["./parts/*"] } } }',
    'parts/one.ts': "export const one = './one.ts'",
    'parts/two.ts': "export const two = './two.ts'",
    'neemata.config.ts': `
import { defineRuntime } from 'neemata/config'
import { one } from '#part'
import { two } from '@parts/two'
export default defineRuntime({ apps: { one, two } })`,
  })
  const loaded = await loadProject(project.root)
  expect(loaded.value).toEqual({ apps: { one: './one.ts', two: './two.ts' } })
  expect(loaded.sources).toContain(join(project.root, 'parts/two.ts'))
})

test('tells a module of the config where it is', async () => {
  const project = await createConfigProject({
    'neemata.config.ts': configSource(
      '{ apps: { url: import.meta.url, dirname: import.meta.dirname, file: import.meta.filename } }',
    ),
  })
  const file = join(project.root, 'neemata.config.ts')
  expect((await loadProject(project.root)).value).toEqual({
    apps: { url: `file://${file}`, dirname: project.root, file },
  })
})

test('runs a config without node_modules beside it', async () => {
  const { root } = await createConfigProject({ 'deep/inside/neemata.config.ts': minimal })
  const { loaded } = await loadConfig({ cwd: join(root, 'deep/inside') })
  expect(loaded?.value).toEqual({ apps: { shop: './app.ts' } })
  expect(readdirSync(join(root, 'deep/inside'))).toEqual(['neemata.config.ts'])
})

test('reports a syntax error at its place', async () => {
  const diagnostics = await failure({ 'neemata.config.ts': 'export default {\n  apps: { , }\n}\n' })
  expect(diagnostics.map(brief)).toEqual(['neemata.config.ts:2:11 NM1002'])
})

test('reports syntax errors of imported files', async () => {
  const diagnostics = await failure({
    'neemata.config.ts':
      "import { a } from './a.ts'\nimport { b } from './b.ts'\nexport default [a, b]",
    'a.ts': 'export const a = = 1',
    'b.ts': '\nexport const b = (',
  })
  expect(diagnostics.map(brief).sort()).toEqual(['a.ts:1:18 NM1002', 'b.ts:2:19 NM1002'])
})

test('reports every import that is missing', async () => {
  const diagnostics = await failure({
    'neemata.config.ts': `import { a } from './gone.ts'
import { b } from '../up/gone.js'
export default [a, b]`,
  })
  expect(diagnostics.map(brief)).toEqual([
    'neemata.config.ts:1:19 NM1003',
    'neemata.config.ts:2:19 NM1003',
  ])
})

test('watches for a file that is missing', async () => {
  const { root } = await createConfigProject({ 'neemata.config.ts': "import './gone.ts'" })
  const { sources } = await loadConfig({ cwd: root })
  expect(sources).toEqual([join(root, 'gone.ts'), join(root, 'neemata.config.ts')])
})

test('reports a package that is not installed', async () => {
  const diagnostics = await failure({
    'neemata.config.ts': "import x from '@acme/missing/part'\nexport default x",
  })
  expect(diagnostics.map(brief)).toEqual(['neemata.config.ts:1:15 NM1003'])
  expect(diagnostics[0]?.message).toContain('@acme/missing')
})

test('reports a name that is not exported', async () => {
  const local = await failure({
    'neemata.config.ts': "import { a, b } from './a.ts'\nexport default [a, b]",
    'a.ts': 'export const a = 1',
  })
  expect(local.map(brief)).toEqual(['neemata.config.ts:1:13 NM1004'])
  const fromPackage = await failure({
    'neemata.config.ts':
      "import { defineRuntimes } from 'neemata/config'\nexport default defineRuntimes",
  })
  expect(fromPackage.map(brief)).toEqual(['neemata.config.ts:1:10 NM1004'])
})

test('reports a thrown error at its line', async () => {
  const diagnostics = await failure({
    'neemata.config.ts': `import { pick } from './pick.ts'
const size: number = 1
export default pick(size)`,
    'pick.ts': `interface Unused { a: 1 }
export function pick(size: number): never {
  throw new RangeError('no such size: ' + size)
}`,
  })
  expect(diagnostics.map(brief)).toEqual(['pick.ts:3:9 NM1005'])
  expect(diagnostics[0]).toMatchObject({
    message: 'The config threw RangeError: no such size: 1',
    related: [{ at: { file: 'neemata.config.ts', line: 3, column: 16 } }],
  })
})

test('reports a thrown value that is no error', async () => {
  const diagnostics = await failure({ 'neemata.config.ts': "throw 'nope'" })
  expect(diagnostics).toMatchObject([{ code: 'NM1005', message: expect.stringContaining('nope') }])
})

test('refuses a config without a default export', async () => {
  const diagnostics = await failure({ 'neemata.config.ts': 'export const config = {}' })
  expect(diagnostics.map(brief)).toEqual(['neemata.config.ts:1:1 NM1006'])
})

test.each([
  ['{ apps: {} }', 'a plain object'],
  ['() => ({})', 'a function'],
  ['Promise.resolve(1)', 'a promise'],
  ['undefined', 'undefined'],
])('refuses %s as default export', async (value, named) => {
  const diagnostics = await failure({ 'neemata.config.ts': `\nexport default ${value}` })
  expect(diagnostics.map(brief)).toEqual(['neemata.config.ts:2:16 NM1007'])
  expect(diagnostics[0]?.message).toContain(named)
})

test('refuses to read the environment, without running anything', async () => {
  const diagnostics = await failure({
    'neemata.config.ts': `import { port } from './port.ts'
throw new Error('must not run: ' + process.env.SECRET + port)`,
    'port.ts': 'export const port = Number(process.env.PORT ?? 3000)',
  })
  expect(diagnostics.map(brief).sort()).toEqual([
    'neemata.config.ts:2:36 NM1008',
    'port.ts:1:28 NM1008',
  ])
  const hints = diagnostics.map(({ hint }) => hint).join()
  expect(hints).toContain("env.port('PORT', 3000)")
})
