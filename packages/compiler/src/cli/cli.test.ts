import { readdirSync, rmSync } from 'node:fs'

import { expect, test } from 'vitest'

import { useCliScript } from '../../test/build-cli.ts'
import { createProject, type Project } from '../../test/create-project.ts'
import { runCliScript, startCliScript } from '../../test/run-cli.ts'
import { shopFiles } from '../../test/shop.ts'

useCliScript()

const config = `import { defineRuntime, env } from 'neemata/config'

export default defineRuntime({
  apps: { shop: './apps/shop/index.ts' },
  transports: { http: { type: 'http', port: env.port('PORT', 3000) } },
})
`

const compilerOptions = {
  strict: true,
  module: 'nodenext',
  target: 'es2023',
  types: ['node'],
  allowImportingTsExtensions: true,
  noEmit: true,
  skipLibCheck: true,
}

function createShop(files: Readonly<Record<string, string>> = {}): Project {
  return createProject(
    {
      ...shopFiles,
      'neemata.config.ts': config,
      'tsconfig.json': JSON.stringify({ compilerOptions }),
      ...files,
    },
    ['neemata', 'zod', 'typescript', '@typescript', '@types/node'],
  )
}

/** Every file of a folder with its text. */
function readAll(project: Project, directory: string): Record<string, string> {
  const entries = readdirSync(project.path(directory), { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  const paths = files.map((file) =>
    `${file.parentPath}/${file.name}`.slice(project.root.length + 1),
  )
  return Object.fromEntries(paths.sort().map((path) => [path, project.read(path)]))
}

test('prints help and version', async () => {
  const { root: cwd } = createProject({})
  const version = await runCliScript(['--version'], { cwd })
  expect(version).toEqual({
    code: 0,
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    stderr: '',
  })
  const help = await runCliScript(['--help'], { cwd })
  expect(help).toMatchObject({ code: 0, stderr: '' })
  for (const name of ['generate', 'check', 'build', 'start', 'dev', 'info', '--json', '--cwd']) {
    expect(help.stdout).toContain(name)
  }
  expect((await runCliScript(['build', '--help'], { cwd })).stdout).toContain('--config')
})

test.each([
  [['bild'], 'NM5001', 'Did you mean build?'],
  [['generate', '--chekc'], 'NM5002', 'Did you mean --check?'],
  [['generate', '--config'], 'NM5003', ''],
  [['generate', 'extra'], 'NM5003', ''],
  [['check', '--format', 'xml'], 'NM5003', 'text, github'],
  [['info', '--silent', '--verbose'], 'NM5003', ''],
  [['info', '--cwd', 'nowhere'], 'NM5005', 'nowhere'],
])('exits with 2 for %j', async (args, code, text) => {
  const { root: cwd } = createProject({})
  const run = await runCliScript(args, { cwd })
  expect(run).toMatchObject({ code: 2, stdout: '' })
  expect(run.stderr).toContain(code)
  expect(run.stderr).toContain(text)
})

test('shows the help when nothing is asked', async () => {
  const { root: cwd } = createProject({})
  const run = await runCliScript([], { cwd })
  expect(run).toMatchObject({ code: 2, stdout: '' })
  expect(run.stderr).toContain('Usage: neemata')
})

test('reports wrong usage as JSON too', async () => {
  const { root: cwd } = createProject({})
  const run = await runCliScript(['generate', '--json', '--nonsense'], { cwd })
  expect(run).toMatchObject({ code: 2, stderr: '' })
  expect(JSON.parse(run.stdout)).toMatchObject({ ok: false, diagnostics: [{ code: 'NM5002' }] })
})

test('generates the same bytes every time', async () => {
  const project = createShop()
  const first = await runCliScript(['generate'], { cwd: project.root })
  expect(first).toMatchObject({ code: 0, stderr: '' })
  expect(first.stdout).toContain('wrote generated/registry.ts')
  const files = readAll(project, 'generated')
  expect(JSON.stringify(files)).not.toContain(project.root)
  const again = await runCliScript(['generate', '--json'], { cwd: project.root })
  expect(JSON.parse(again.stdout)).toMatchObject({ ok: true, written: [] })
  const elsewhere = createShop()
  await runCliScript(['generate', '--cwd', elsewhere.path('apps')], { cwd: project.root })
  expect(readAll(elsewhere, 'generated')).toEqual(files)
})

test('finds one edited character in generated files', async () => {
  const project = createShop()
  await runCliScript(['generate'], { cwd: project.root })
  expect(await runCliScript(['generate', '--check'], { cwd: project.root })).toMatchObject({
    code: 0,
  })
  const edited = project.read('generated/registry.ts').replace('kind:', 'kinf:')
  project.write('generated/registry.ts', edited)
  const run = await runCliScript(['generate', '--check'], { cwd: project.root })
  expect(run.code).toBe(1)
  expect(run.stderr).toMatch(/generated\/registry\.ts:\d+:\d+ error NM4003/)
  expect(project.read('generated/registry.ts')).toBe(edited)
})

test('checks types of sources and registry', async () => {
  const project = createShop()
  await runCliScript(['generate'], { cwd: project.root })
  const good = await runCliScript(['check'], { cwd: project.root })
  expect(good).toMatchObject({ code: 0, stderr: '' })
  const orders = project.read('apps/shop/orders.ts')
  project.write('apps/shop/orders.ts', orders.replace('({ sku })', '(sku as number)'))
  const registry = project.read('generated/registry.ts')
  project.write('generated/registry.ts', registry.replace(').create', ').crate'))
  const bad = await runCliScript(['check', '--json'], { cwd: project.root })
  expect(bad.code).toBe(1)
  const { diagnostics } = JSON.parse(bad.stdout) as { diagnostics: { code: string; at: object }[] }
  const line = registry.split('\n').findIndex((text) => text.includes(').create')) + 1
  expect(diagnostics).toMatchObject([
    { code: 'NM4003', at: { file: 'generated/registry.ts', line } },
    { code: 'NM4203', at: { file: 'apps/shop/orders.ts', line: 7 } },
    { code: 'NM4203', at: { file: 'generated/registry.ts', line } },
  ])
  const github = await runCliScript(['check', '--format', 'github'], { cwd: project.root })
  expect(github.stdout).toContain('::error file=apps/shop/orders.ts,line=7')
})

test('builds, reports sizes, and starts', async () => {
  const project = createShop()
  const build = await runCliScript(['build'], { cwd: project.root })
  expect(build).toMatchObject({ code: 0, stderr: '' })
  expect(build.stdout).toMatch(/dist\/\n├─ chunks\/\n(.*\n)*.*main\.js +\d+ B +gzip/)
  const server = startCliScript(['start'], { cwd: project.path('apps'), env: { PORT: '0' } })
  const [, url] = await server.waitFor(/listening on (http:\/\/[\d.:]+)/)
  expect(await (await fetch(`${url}/shop/get`)).json()).toEqual({ id: 1 })
  expect(await server.end('SIGTERM')).toEqual({ code: 0, signal: null })
})

test('puts no build-time environment into files', async () => {
  const project = createShop()
  const env = { PORT: '31999' }
  await runCliScript(['build'], { cwd: project.root, env })
  const files = { ...readAll(project, 'generated'), ...readAll(project, 'dist') }
  expect(Object.keys(files)).toContain('dist/main.js')
  expect(JSON.stringify(files)).not.toContain('31999')
})

test('bundles nothing of the compiler', async () => {
  const project = createShop()
  await runCliScript(['build'], { cwd: project.root })
  const maps = Object.entries(readAll(project, 'dist')).filter(([path]) => path.endsWith('.map'))
  const sources = maps.flatMap(([, text]) => (JSON.parse(text) as { sources: string[] }).sources)
  expect(sources.length).toBeGreaterThan(20)
  const foreign =
    /ts-morph|\/typescript\/|\/vite\/|rolldown\/|packages\/compiler|bullmq|ioredis|pglite/
  expect(sources.filter((source) => foreign.test(source))).toEqual([])
})

test('leaves everything as it was when a build fails', async () => {
  const project = createShop()
  await runCliScript(['build'], { cwd: project.root })
  const before = { ...readAll(project, 'generated'), ...readAll(project, 'dist') }
  const orders = project.read('apps/shop/orders.ts')
  project.write(
    'apps/shop/orders.ts',
    `${orders}\nimport './gone.ts'\nexport const more = create\n`,
  )
  const index = project.read('apps/shop/index.ts')
  project.write(
    'apps/shop/index.ts',
    index.replace('defineRouter({ create })', 'defineRouter({ made: create })'),
  )
  const run = await runCliScript(['build'], { cwd: project.root })
  expect(run.code).toBe(1)
  expect(run.stderr).toMatch(/apps\/shop\/orders\.ts:10:8 error NM4103/)
  expect({ ...readAll(project, 'generated'), ...readAll(project, 'dist') }).toEqual(before)
  expect(readdirSync(project.root).filter((name) => name.startsWith('.dist'))).toEqual([])
})

test('explains that there is nothing to start', async () => {
  const { root: cwd } = createProject({})
  const run = await runCliScript(['start'], { cwd })
  expect(run.code).toBe(1)
  expect(run.stderr).toContain('NM5004')
})

test('shows the stack when a build does not start', async () => {
  const { root: cwd } = createProject({ 'dist/main.js': `throw new Error('at boot')\n` })
  const run = await runCliScript(['start'], { cwd })
  expect(run.code).toBe(1)
  expect(run.stderr).toMatch(/NM5006 at boot[^]*dist\/main\.js:1:7/)
})

test('describes the system', async () => {
  const project = createShop()
  const run = await runCliScript(['info', '--json'], { cwd: project.root })
  expect(JSON.parse(run.stdout)).toMatchObject({
    ok: true,
    node: process.versions.node,
    typescript: '7.0.2',
    vite: expect.stringMatching(/^8\./),
    config: 'neemata.config.ts',
    apps: [{ name: 'shop', type: 'api', procedures: 2 }],
  })
})

test('prints versions though the config is broken', async () => {
  const project = createShop({ 'neemata.config.ts': 'export default { apps: }' })
  const run = await runCliScript(['info'], { cwd: project.root })
  expect(run.code).toBe(1)
  expect(run.stderr).toContain('neemata.config.ts:1:24')
  expect(run.stdout).toContain(process.versions.node)
})

test('colours only what somebody watches', async () => {
  const { root: cwd } = createProject({})
  const plain = await runCliScript(['bild'], { cwd })
  expect(plain.stderr).not.toContain('\u001b')
  const forced = await runCliScript(['bild'], { cwd, env: { FORCE_COLOR: '1' } })
  expect(forced.stderr).toContain('\u001b')
})

test('keeps silent but for errors', async () => {
  const project = createShop()
  const good = await runCliScript(['generate', '--silent'], { cwd: project.root })
  expect(good).toEqual({ code: 0, stdout: '', stderr: '' })
  rmSync(project.path('apps/shop/index.ts'))
  const bad = await runCliScript(['generate', '--silent'], { cwd: project.root })
  expect(bad).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('NM') })
})

test.each([['--help'], ['--version'], ['start']])('loads nothing heavy for %s', async (command) => {
  const project = createShop({
    'dist/main.js': `console.log('started')\n`,
    'log.mjs': `import { register } from 'node:module'\nregister('./hooks.mjs', import.meta.url)\n`,
    'hooks.mjs': `import { appendFileSync } from 'node:fs'
export async function load(url, context, next) {
  appendFileSync(process.env.LOADED, url + '\\n')
  return next(url, context)
}
`,
  })
  const run = await runCliScript([command], {
    cwd: project.root,
    env: { LOADED: project.path('loaded.txt') },
    // Newer releases of Node deprecate `register`, which Node 20 has nothing else for.
    nodeArguments: ['--no-deprecation', '--import', project.path('log.mjs')],
  })
  expect(run).toMatchObject({ code: 0, stderr: '' })
  const loaded = project.read('loaded.txt')
  expect(loaded).toContain('commander')
  expect(loaded).not.toMatch(/node_modules\/(?:vite|rolldown|ts-morph|typescript|zod|@vercel)/)
})
