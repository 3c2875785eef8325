import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

import { expect, test } from 'vitest'

import { createProject } from '../../test/create-project.ts'
import { fullConfig, fullFiles, fullModel } from '../../test/full-system.ts'
import { shopConfig, shopModel } from '../../test/shop.ts'
import type { Model } from '../model/model.ts'
import { readTemplates } from '../templates/read-templates.ts'
import type { RenderInput } from './generator.ts'
import { hasHeader } from './header.ts'
import { render } from './render.ts'

const input: RenderInput = {
  config: shopConfig,
  model: shopModel,
  version: '0.1.0',
  templates: readTemplates(),
}

/** A system with every optional part. */
const full: RenderInput = { ...input, config: fullConfig, model: fullModel }

function renderText(path: string, changes: Partial<RenderInput> = {}): string {
  return render({ ...input, ...changes }).find((file) => file.path === path)!.text
}

function runTool(path: string, args: readonly string[], cwd: string): string {
  const tool = fileURLToPath(new URL(`../../../../node_modules/${path}`, import.meta.url))
  return execFileSync(process.execPath, [tool, ...args], { cwd, encoding: 'utf8' })
}

test('renders the same bytes whatever the order', () => {
  const shop = shopModel.apps.shop!
  const procedures = Object.fromEntries(Object.entries(shop.procedures).reverse())
  const { apps: _, ...rest } = shopModel
  const reversed: Model = { apps: { shop: { ...shop, procedures } }, ...rest }
  expect(render({ ...input, model: reversed })).toEqual(render(input))
})

test('gives every file a header', () => {
  for (const file of render(full)) {
    expect(hasHeader(file.text), file.path).toBe(true)
    expect(file.text).toContain('0.1.0')
    expect(file.text.endsWith('\n') && !file.text.includes('\r')).toBe(true)
  }
})

test('reaches values through their nearest export', () => {
  const registry = renderText('registry.ts')
  expect(registry).toContain(
    `load: async () => (await import('../apps/shop/index.ts')).routes.routes.get,`,
  )
  expect(registry).toContain(`(await import('../apps/shop/index.ts')).routes.guards[0]!`)
  expect(renderText('contract.ts')).toContain(
    `get: Call<(typeof import('../apps/shop/index.ts'))['routes']['routes']['get']>`,
  )
})

test('nests the contract by path', () => {
  expect(renderText('contract.ts')).toContain(
    `    orders: {\n      create: Call<typeof import('../apps/shop/orders.ts').create>\n    }\n`,
  )
})

test('reads variables at boot, one declaration each', () => {
  const config = renderText('config.ts')
  expect(config).toContain(`port: environment['transports.http.port'],`)
  expect(config).toContain(`name: 'LOG_LEVEL'`)
  expect(config.match(/readEnvironment\(/g)).toHaveLength(1)
})

test('reads no environment without references', () => {
  const http = { type: 'http', host: '::1', port: 80, cors: false } as const
  const config = { ...shopConfig, transports: { http }, logging: { level: 'info' } }
  expect(renderText('config.ts', { config })).not.toContain('nvironment')
})

test('keeps the order in which transports start', () => {
  const http = { type: 'http', host: '::1', port: 80, cors: false } as const
  const config = { ...shopConfig, transports: { second: http, first: http } }
  const text = renderText('config.ts', { config })
  expect(text.indexOf('second:')).toBeLessThan(text.indexOf('first:'))
})

test('reads nothing into the input of schedules', () => {
  const config = renderText('config.ts', full)
  expect(config).toContain(`        full: true,\n        $env: 'data, not a reference',`)
  expect(config).toContain(`url: environment['redis.url'],`)
})

test('registers jobs, commands and plugins', () => {
  const registry = renderText('registry.ts', full)
  expect(registry).toContain(`        reindex: {
          load: async () => (await import('../apps/shop/jobs.ts')).reindex,
          pool: 'compute',
          at: 'apps/shop/jobs.ts:4:14',
        },`)
  expect(registry).toContain(`load: async () => (await import('../apps/shop/commands.ts')).seed,`)
  expect(registry).toContain(
    `plugins: [async () => (await import('../apps/shop/audit.ts')).audit],`,
  )
  expect(registry).toContain('slots: [0, 1],')
  expect(registry.match(/application: /g)).toHaveLength(1)
})

test('lists jobs flat by their names', () => {
  expect(renderText('contract.ts', full)).toContain(`export interface Jobs {
  'reports/digest': typeof import('../apps/reports/jobs.ts').digest
  'shop/reindex': typeof import('../apps/shop/jobs.ts').reindex
}`)
})

test('renders the entries that a system needs', () => {
  const entries = (of: RenderInput) =>
    render(of).flatMap(({ path }) => (path.includes('/') ? [path] : []))
  expect(entries(input)).toEqual(['dev/main.ts', 'prod/main.ts'])
  expect(entries(full)).toEqual([
    'dev/main.ts',
    'dev/command.ts',
    'prod/main.ts',
    'prod/worker.ts',
    'prod/command.ts',
  ])
})

test('names the parts that a system uses', () => {
  expect(renderText('features.ts')).toContain(`export const features = {
  jobs: false,
  scheduler: false,
  websocket: false,
  commands: false,
  workers: false,
  redis: 'never',
} as const`)
  expect(renderText('features.ts', full)).toContain(`redis: 'at-boot',`)
  expect(renderText('features.ts', full).match(/true/g)).toHaveLength(5)
})

const url = { name: 'REDIS_URL', type: 'url', optional: true } as const

test.each([
  ['never', undefined],
  ['always', 'redis://localhost'],
  ['always', { $env: { ...url, optional: false } }],
  ['always', { $env: { ...url, default: 'redis://localhost' } }],
  ['at-boot', { $env: url }],
] as const)('says %s for Redis at %j', (expected, at) => {
  const config = { ...shopConfig, redis: { url: at } }
  expect(renderText('features.ts', { config })).toContain(`redis: '${expected}'`)
})

test('needs threads only for pools with jobs', () => {
  const inline = { ...fullModel, workers: { ...fullModel.workers, api: { threads: 0 } } }
  expect(renderText('features.ts', { model: inline })).toContain('workers: true')
  const idle = { ...shopModel, workers: inline.workers }
  expect(renderText('features.ts', { model: idle })).toContain('workers: false')
})

test('keeps the whole model', () => {
  const { '//': _, ...written } = JSON.parse(renderText('model.json', full)) as Model & {
    '//': string
  }
  expect(written).toEqual(fullModel)
})

test('leaves worker apps out of the contract', () => {
  const model: Model = {
    ...shopModel,
    apps: { shop: { ...shopModel.apps.shop!, type: 'worker', procedures: {} } },
  }
  expect(renderText('contract.ts', { model })).toContain('export interface Contract {}\n')
})

test('replaces nothing of a template but specifiers', () => {
  const template = input.templates.get('prod/main.ts')!
  expect(template).toContain(`import('#registry')`)
  const entry = renderText('prod/main.ts').split('\n').slice(1).join('\n')
  expect(entry).toBe(template.replaceAll(/'#(\w+)'/g, "'../$1.ts'"))
})

test('writes what the formatter would write', () => {
  const long = 'apps/shop/with/a/rather/long/path/to/orders.ts'
  const shop = fullModel.apps.shop!
  const get = shop.procedures.get!
  const source = { file: long, path: ['createOrder'] }
  const extra = { ...get, source, guards: [source, source] }
  const model: Model = {
    ...fullModel,
    apps: { shop: { ...shop, procedures: { ...shop.procedures, long: extra } } },
  }
  const files = [...render({ ...full, model })].filter((file) => file.path.endsWith('.ts'))
  const settings = { semi: false, singleQuote: true, printWidth: 100, trailingComma: 'all' }
  const project = createProject({
    '.oxfmtrc.json': JSON.stringify(settings),
    ...Object.fromEntries(files.map((file) => [file.path, file.text])),
  })
  runTool('oxfmt/bin/oxfmt', ['.'], project.root)
  for (const file of files) expect(project.read(file.path)).toBe(file.text)
})

test('renders files that type-check strictly', () => {
  const project = createProject(fullFiles, ['neemata', 'zod', '@types/node'])
  for (const file of render(full)) project.write(`generated/${file.path}`, file.text)
  const compilerOptions = {
    target: 'es2023',
    module: 'nodenext',
    types: ['node'],
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    isolatedDeclarations: true,
    declaration: true,
    noEmit: true,
    verbatimModuleSyntax: true,
    erasableSyntaxOnly: true,
    allowImportingTsExtensions: true,
    customConditions: ['source'],
    skipLibCheck: true,
  }
  project.write(
    'client.ts',
    `import type { JobQueue } from 'neemata'
import type { Contract } from './generated/contract.ts'
declare const system: Contract
declare const jobs: JobQueue
export const created: Promise<{ sku: string }> = system.shop.orders.create({ sku: 'a' })
export const got: Promise<{ id: number }> = system.shop.get()
export const ticks: AsyncIterable<{ tick: number }> = system.shop.watch()
export const id: Promise<string> = jobs.add('shop/reindex', { full: true })
export const done: Promise<number> = jobs.wait('shop/reindex', 'id')
// @ts-expect-error: there is no such job
jobs.add('shop/none')
// @ts-expect-error: full is a boolean
jobs.add('shop/reindex', { full: 1 })
// @ts-expect-error: sku is a string
system.shop.orders.create({ sku: 1 })
`,
  )
  project.write(
    'tsconfig.json',
    JSON.stringify({ compilerOptions, include: ['generated', 'client.ts'] }),
  )
  let output = ''
  try {
    output = runTool('typescript/bin/tsc', ['--pretty', 'false'], project.root)
  } catch (error) {
    output = (error as { stdout: string }).stdout
  }
  const ours = output.split('\n').filter((line) => /^(generated|client)/.test(line))
  expect(ours).toEqual([])
})
