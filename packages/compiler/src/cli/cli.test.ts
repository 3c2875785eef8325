import { spawnSync } from 'node:child_process'
import { cpSync, readdirSync, rmSync } from 'node:fs'

import { expect, test } from 'vitest'

import { useCliScript } from '../../test/build-cli.ts'
import { createProject, type Project } from '../../test/create-project.ts'
import { runCliScript, startCliScript } from '../../test/run-cli.ts'
import { fullApplication, fullFiles } from '../../test/full-system.ts'
import { shopFiles } from '../../test/shop.ts'

useCliScript()

const config = `import { defineRuntime, env } from 'neemata/config'

export default defineRuntime({
  apps: { shop: './apps/shop/index.ts' },
  transports: { http: { type: 'http', port: env.port('PORT', 3000) } },
})
`

const fullSystem = {
  'neemata.config.ts': `import { defineRuntime, defineApp, env } from 'neemata/config'

export default defineRuntime({
  apps: {
    shop: defineApp({
      application: './apps/shop/index.ts',
      jobs: ['./apps/shop/jobs.ts'],
      commands: ['./apps/shop/commands.ts'],
    }),
    reports: { type: 'worker', jobs: ['./apps/reports/*.ts'] },
  },
  transports: {
    http: { type: 'http', port: env.port('PORT', 3000) },
    ws: { type: 'ws', listen: 'http', path: '/ws' },
  },
  workers: {
    api: { threads: 2 },
    jobs: { io: { threads: 1, concurrency: 10 }, compute: { threads: 0, concurrency: 1 } },
  },
  scheduler: {
    nightly: {
      job: 'shop/reindex',
      cron: '0 3 * * *',
      timezone: 'Europe/Berlin',
      input: { full: true },
    },
  },
  redis: { url: env.url('REDIS_URL').optional() },
})
`,
}

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

/** A system with every optional part. */
function createFull(files: Readonly<Record<string, string>> = {}): Project {
  return createProject(
    { ...fullFiles, 'apps/shop/index.ts': fullApplication, ...fullSystem, ...files },
    ['neemata', 'zod'],
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
  const commands = [
    'generate',
    'check',
    'build',
    'start',
    'dev',
    'info',
    'inspect',
    'command',
    'schedule',
  ]
  for (const name of [...commands, '--json', '--cwd']) expect(help.stdout).toContain(name)
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
  [['start', '--role', 'api'], 'NM5003', 'gateway'],
  [['command'], 'NM5003', 'name'],
  [['command', 'list', 'more'], 'NM5003', ''],
  [['schedule', 'lst'], 'NM5001', 'Did you mean list?'],
  [['schedule', 'list', 'more'], 'NM5003', ''],
  [['schedule', 'list', '--dits'], 'NM5002', '--dist'],
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
  expect(build.stdout).toMatch(/dist\/\n├─ chunks\/\n(.*\n)*.*main\.js +[\d.]+ k?B +gzip/)
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
  const foreign = /ts-morph|\/typescript\/|\/vite\/|rolldown\/|packages\/compiler/
  expect(sources.filter((source) => foreign.test(source))).toEqual([])
})

test('bundles no part that is not used', async () => {
  const project = createShop()
  await runCliScript(['build'], { cwd: project.root })
  const paths = Object.keys(readAll(project, 'dist'))
  const parts =
    /store|threads|bridge|command|worker|job|websocket|bullmq|ioredis|pglite|node_modules/
  expect(paths.filter((path) => parts.test(path))).toEqual([])
  const maps = paths.filter((path) => path.endsWith('.map')).map((path) => project.read(path))
  const sources = maps.flatMap((map) => (JSON.parse(map) as { sources: string[] }).sources)
  const modules =
    /node_modules\/(?:ws|bullmq|ioredis)\/|\/(?:job-engine|websocket-listener|read-client-frame)\.js$/
  expect(sources.filter((source) => modules.test(source))).toEqual([])
  const scripts = paths.filter((path) => path.endsWith('.js')).map((path) => project.read(path))
  expect(scripts.join('').length).toBeLessThan(470_000)
})

test('runs a built system with jobs elsewhere', { timeout: 120_000 }, async () => {
  const project = createFull({
    'apps/shop/orders.ts': `import { defineGuard, defineProcedure, inject } from 'neemata'

export const isCustomer = defineGuard({ handler: () => true })
export const create = defineProcedure({
  timeout: 60_000,
  dependencies: { jobs: inject.jobs },
  async handler({ jobs }) {
    const index = await jobs.add('shop/reindex', { full: true })
    const digest = await jobs.add('reports/digest')
    return [await jobs.wait('shop/reindex', index), await jobs.wait('reports/digest', digest)]
  },
})
`,
  })
  expect(await runCliScript(['build'], { cwd: project.root })).toMatchObject({ code: 0 })
  const copy = createProject({})
  cpSync(project.path('dist'), copy.path('dist'), { recursive: true })
  const server = startCliScript(['start'], { cwd: copy.root, env: { PORT: '0' } })
  const [, url] = await server.waitFor(/listening on (http:\/\/[\d.:]+)/)
  const answer = await fetch(`${url}/shop/orders/create`, { method: 'POST' })
  expect(await answer.json()).toEqual([2, 'sent'])
  expect(await server.end('SIGTERM')).toEqual({ code: 0, signal: null })
  const seeding = spawnSync(process.execPath, ['dist/command.js', 'shop/seed'], {
    cwd: copy.root,
    encoding: 'utf8',
  })
  expect(seeding).toMatchObject({ status: 0, stdout: 'seeded\n' })
})

test('runs a command from the sources', async () => {
  const project = createFull({
    'apps/shop/commands.ts': `import { defineCommand } from 'neemata'
import { z } from 'zod'

export const seed = defineCommand({
  args: z.tuple([z.string()]),
  options: z.object({ config: z.string() }),
  handler: ({}, { args, options }) => \`\${args[0]} by \${options.config}\`,
})
`,
  })
  const seed = ['command', 'shop/seed', 'all', '--config', 'hand']
  const run = await runCliScript(seed, { cwd: project.root })
  expect(run).toMatchObject({ code: 0, stdout: 'all by hand\n' })
  const wrong = await runCliScript(['command', 'shop/seed', '--nonsense'], { cwd: project.root })
  expect(wrong).toMatchObject({ code: 2, stdout: '' })
  expect(readdirSync(project.path('.neemata/command'))).toEqual([])
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

test('passes the role to what it starts', async () => {
  const { root: cwd } = createProject({
    'dist/main.js': `console.log(process.argv.slice(2).join())\n`,
  })
  expect((await runCliScript(['start'], { cwd })).stdout).toBe('--role,all\n')
  const jobs = await runCliScript(['start', '--role', 'jobs'], { cwd })
  expect(jobs.stdout).toBe('--role,jobs\n')
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

test('inspects sources and output alike', async () => {
  const project = createFull()
  const text = await runCliScript(['inspect'], { cwd: project.root })
  expect(text).toMatchObject({ code: 0, stderr: '' })
  expect(text.stdout).toContain(`reports: worker
  jobs  digest

shop: api, slots 0, 1, over http, ws
  procedures  get, orders/create, watch (stream)
  jobs        reindex
  commands    seed
  plugins     audit

`)
  expect(text.stdout).toMatch(/nightly {2}shop\/reindex at '0 3 \* \* \*' Europe\/Berlin, next 20/)
  expect(text.stdout).toContain(`compute  0 threads, 1 at once: shop/reindex`)
  const sources = await runCliScript(['inspect', '--json'], { cwd: project.root })
  const described = JSON.parse(sources.stdout) as Record<string, unknown>
  expect(described).toMatchObject({
    ok: true,
    apps: {
      shop: {
        procedures: ['get', 'orders/create', 'watch'],
        jobs: ['reindex'],
        commands: ['seed'],
        placement: [0, 1],
      },
      reports: { type: 'worker', procedures: [], jobs: ['digest'], commands: [] },
    },
    slots: [['shop'], ['shop']],
    transports: { http: ['shop'], ws: ['shop'] },
  })
  await runCliScript(['build'], { cwd: project.root })
  const built = await runCliScript(['inspect', '--dist', '--json'], { cwd: project.root })
  expect(JSON.parse(built.stdout)).toEqual(described)

  const copy = createProject({ 'app/dist/model.json': project.read('dist/model.json') })
  const beside = await runCliScript(['inspect', '--json'], { cwd: copy.path('app') })
  expect(JSON.parse(beside.stdout)).toEqual(described)
})

test('lists schedules of sources and output', async () => {
  const project = createFull()
  const before = new Date().toISOString()
  const text = await runCliScript(['schedule', 'list'], { cwd: project.root })
  expect(text).toMatchObject({ code: 0, stderr: '' })
  expect(text.stdout).toMatch(
    /^schedules\n {2}nightly {2}shop\/reindex at '0 3 \* \* \*' Europe\/Berlin, next 20.*\n$/,
  )
  const sources = await runCliScript(['schedule', 'list', '--json'], { cwd: project.root })
  const { ok, schedules } = JSON.parse(sources.stdout) as {
    ok: boolean
    schedules: Record<string, { next: string[] }>
  }
  expect({ ok, schedules }).toMatchObject({
    ok: true,
    schedules: { nightly: { job: 'shop/reindex', cron: '0 3 * * *', timezone: 'Europe/Berlin' } },
  })
  const [next = ''] = schedules['nightly']?.next ?? []
  expect(next > before).toBe(true)
  const hour = new Date(next).toLocaleTimeString('en-GB', { timeZone: 'Europe/Berlin' })
  expect(hour).toBe('03:00:00')
  const missing = await runCliScript(['schedule', 'list', '--dist'], { cwd: project.root })
  expect(missing).toMatchObject({ code: 1, stderr: expect.stringContaining('NM5008') })
  await runCliScript(['build'], { cwd: project.root })
  const copy = createProject({ 'dist/model.json': project.read('dist/model.json') })
  const built = await runCliScript(['schedule', 'list', '--json'], { cwd: copy.root })
  expect(JSON.parse(built.stdout)).toMatchObject({ ok: true, schedules })
})

test('says that there are no schedules', async () => {
  const { root: cwd } = createShop()
  const run = await runCliScript(['schedule', 'list'], { cwd })
  expect(run).toEqual({ code: 0, stdout: 'The system has no schedules.\n', stderr: '' })
  const incomplete = await runCliScript(['schedule'], { cwd })
  expect(incomplete).toMatchObject({ code: 2, stdout: '' })
})

test('inspects nothing that was not built', async () => {
  const project = createShop()
  const run = await runCliScript(['inspect', '--dist'], { cwd: project.root })
  expect(run).toMatchObject({ code: 1, stdout: '' })
  expect(run.stderr).toContain('NM5008')
  project.write('dist/model.json', '{ "version": 99 }')
  const other = await runCliScript(['inspect', '--dist'], { cwd: project.root })
  expect(other.stderr).toContain('dist/model.json is not of this version')
})

test('lists commands of the system', async () => {
  const project = createFull()
  const run = await runCliScript(['command', 'list'], { cwd: project.root })
  expect(run).toEqual({ code: 0, stdout: 'shop/seed  apps/shop/commands.ts:3:14\n', stderr: '' })
})

test('suggests the command that was meant', async () => {
  const project = createFull()
  const run = await runCliScript(['command', 'shop/sed', '--x'], { cwd: project.root })
  expect(run).toMatchObject({ code: 2, stdout: '' })
  expect(run.stderr).toMatch(/NM5007[^]*Did you mean shop\/seed\?/)
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
