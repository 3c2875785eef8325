import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

import { expect, test } from 'vitest'

import { createProject } from '../../test/create-project.ts'
import { shopConfig, shopFiles, shopModel } from '../../test/shop.ts'
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
  const reversed: Model = { apps: { shop: { ...shop, procedures } }, version: 1 }
  expect(render({ ...input, model: reversed })).toEqual(render(input))
})

test('gives every file a header', () => {
  for (const file of render(input)) {
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

test('leaves worker apps out of the contract', () => {
  const model: Model = {
    version: 1,
    apps: { shop: { ...shopModel.apps.shop!, type: 'worker', procedures: {} } },
  }
  expect(renderText('contract.ts', { model })).toContain('export interface Contract {}\n')
})

test('replaces nothing of a template but specifiers', () => {
  const template = input.templates.get('prod/main.ts')!
  expect(template).toContain(`import('#registry')`)
  const entry = renderText('prod/main.ts').split('\n').slice(1).join('\n')
  expect(entry).toBe(
    template.replace('#registry', '../registry.ts').replace('#config', '../config.ts'),
  )
})

test('writes what the formatter would write', () => {
  const long = 'apps/shop/with/a/rather/long/path/to/orders.ts'
  const shop = shopModel.apps.shop!
  const get = shop.procedures.get!
  const source = { file: long, path: ['createOrder'] }
  const extra = { ...get, source, guards: [source, source] }
  const model: Model = {
    version: 1,
    apps: { shop: { ...shop, procedures: { ...shop.procedures, long: extra } } },
  }
  const files = render({ ...input, model }).filter((file) => file.path.endsWith('.ts'))
  const settings = { semi: false, singleQuote: true, printWidth: 100, trailingComma: 'all' }
  const project = createProject({
    '.oxfmtrc.json': JSON.stringify(settings),
    ...Object.fromEntries(files.map((file) => [file.path, file.text])),
  })
  runTool('oxfmt/bin/oxfmt', ['.'], project.root)
  for (const file of files) expect(project.read(file.path)).toBe(file.text)
})

test('renders files that type-check strictly', () => {
  const project = createProject(shopFiles, ['neemata', 'zod', '@types/node'])
  for (const file of render(input)) project.write(`generated/${file.path}`, file.text)
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
    `import type { Contract } from './generated/contract.ts'
declare const system: Contract
export const created: Promise<{ sku: string }> = system.shop.orders.create({ sku: 'a' })
export const got: Promise<{ id: number }> = system.shop.get()
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
