import { expect, test } from 'vitest'

import { createConfigProject, loadProject } from '../../../test/config-project.ts'
import type { LoadedConfig } from '../load.ts'

async function loadSources(
  options: string,
  rest: { readonly before?: string; readonly files?: Record<string, string> } = {},
): Promise<LoadedConfig> {
  const { root } = await createConfigProject({
    'neemata.config.ts': `import { defineApp, defineRuntime, env } from 'neemata/config'
void defineApp, env
${rest.before ?? ''}
export default defineRuntime(${options} as never)`,
    ...rest.files,
  })
  return loadProject(root)
}

/** The marked source of a path, and the file that it stands in. */
async function marked(
  config: LoadedConfig,
  path: readonly PropertyKey[],
  key = false,
): Promise<string> {
  const { readFile } = await import('node:fs/promises')
  const at = config.locate(path, { key })
  if (!at) return 'nowhere'
  const lines = (await readFile(`${config.root}/${at.file}`, 'utf8')).split('\n')
  const line = lines[at.line - 1] ?? ''
  const end = at.endLine === at.line ? (at.endColumn ?? 0) - 1 : line.length
  return `${at.file}: ${line.slice(at.column - 1, end)}`
}

test('finds values and keys of literals', async () => {
  const config = await loadSources("{ apps: { shop: { 'transports': ['a', 'b'] } } }")
  expect(await marked(config, ['apps', 'shop', 'transports', 1])).toBe("neemata.config.ts: 'b'")
  expect(await marked(config, ['apps', 'shop'], true)).toBe('neemata.config.ts: shop')
  expect(await marked(config, ['apps', 'shop', 'transports'], true)).toBe(
    "neemata.config.ts: 'transports'",
  )
})

test('finds values behind wide characters', async () => {
  const config = await loadSources("{ a: '😀é', /* 漢字 */ b: 'x' }")
  expect(await marked(config, ['b'])).toBe("neemata.config.ts: 'x'")
})

test('finds values in files with a byte order mark', async () => {
  const config = await loadSources('{ limits }', {
    before: "import { limits } from './limits.ts'",
    files: { 'limits.ts': '\ufeffexport const limits = { connections: 1 }' },
  })
  const place = config.locate(['limits', 'connections'])
  expect(place).toMatchObject({ file: 'limits.ts', line: 1, column: 39, endColumn: 40 })
})

test('finds values in files with CRLF lines', async () => {
  const config = await loadSources('{\r\n  a: 1,\r\n  b: 2,\r\n}')
  expect(config.locate(['b'])).toMatchObject({ line: 6, column: 6 })
})

test('looks through constants and imported fragments', async () => {
  const config = await loadSources('{ apps: { shop }, limits: parts.limits }', {
    before: "import * as parts from './parts.ts'\nconst shop = { application: 'x' }",
    files: { 'parts.ts': 'export const limits = { connections: 7 } as const' },
  })
  expect(await marked(config, ['apps', 'shop', 'application'])).toBe("neemata.config.ts: 'x'")
  expect(await marked(config, ['limits', 'connections'])).toBe('parts.ts: 7')
})

test('looks through object spreads in their order', async () => {
  const config = await loadSources("{ ...base, b: 'own', ...late, none: 1 }", {
    before: "const base = { a: 'base', b: 'base' }\nconst late = { c: 'late', ...{ d: 'deep' } }",
  })
  expect(await marked(config, ['a'])).toBe("neemata.config.ts: 'base'")
  expect(await marked(config, ['b'])).toBe("neemata.config.ts: 'own'")
  expect(await marked(config, ['c'])).toBe("neemata.config.ts: 'late'")
  expect(await marked(config, ['d'], true)).toBe('neemata.config.ts: d')
})

test('looks through array spreads by length', async () => {
  const config = await loadSources("{ list: ['a', ...two, ...new Set(['s']), 'z'] }", {
    before: "const two = ['b', 'c']",
  })
  expect(await marked(config, ['list', 0])).toBe("neemata.config.ts: 'a'")
  expect(await marked(config, ['list', 2])).toBe("neemata.config.ts: 'c'")
  expect(await marked(config, ['list', 3])).toBe("neemata.config.ts: new Set(['s'])")
  expect(await marked(config, ['list', 4])).toBe("neemata.config.ts: 'z'")
})

test('finds computed keys by their run-time value', async () => {
  const config = await loadSources("{ ['a' + 1]: 'one', [`a${2}`]: 'two', ...{ ['x']: 'three' } }")
  expect(await marked(config, ['a2'])).toBe("neemata.config.ts: 'two'")
  expect(await marked(config, ['a1'], true)).toBe("neemata.config.ts: 'a' + 1")
  expect(await marked(config, ['x'])).toBe("neemata.config.ts: 'three'")
})

test('finds what functions made, and the branch that ran', async () => {
  const config = await loadSources("{ apps: { a: make('A'), b: make('B') }, c: pick(false) }", {
    before: `const make = (name: string) => ({ name, more: [name] })
const pick = (yes: boolean) => (yes ? { is: 'yes' } : { is: 'no' })`,
  })
  expect(await marked(config, ['apps', 'b', 'name'])).toBe('neemata.config.ts: name')
  expect(await marked(config, ['c', 'is'])).toBe("neemata.config.ts: 'no'")
})

test('finds what a loop made', async () => {
  const config = await loadSources('{ apps: Object.fromEntries(entries) }', {
    before: "const entries = ['a', 'b'].map((name) => [name, { port: name }] as const)",
  })
  expect(await marked(config, ['apps', 'b', 'port'])).toBe('neemata.config.ts: name')
})

test('falls back to the literal around', async () => {
  const config = await loadSources("{ apps: Object.assign({}, { shop: 'x' }), limits: { a: 1 } }")
  expect(await marked(config, ['apps', 'shop'])).toContain('Object.assign(')
  expect(await marked(config, ['limits', 'missing'])).toBe('neemata.config.ts: { a: 1 }')
})

test('keeps literals apart that wait for others', async () => {
  const config = await loadSources('{ a: await first, b: await second }', {
    before: `const later = async (x: object) => ({ ...x, y: await Promise.resolve(1), ...{ z: 2 } })
const first = later({ p: 1 }), second = later({ q: 2 })`,
  })
  expect(config.value).toEqual({ a: { p: 1, y: 1, z: 2 }, b: { q: 2, y: 1, z: 2 } })
  expect(await marked(config, ['b', 'y'])).toBe('neemata.config.ts: await Promise.resolve(1)')
})

test('leaves the meaning of the source alone', async () => {
  const config = await loadSources(
    '{ list, nested, f: f({ a: 1 }), g: [...gen()], t: tag`${{}}` }',
    {
      before: `const [list, { length }] = [[, 1, ...[2, ...[3]]], [0]]
const nested = { a: { ...{ b: [...'xy'] } }, get c() { return [length] } } satisfies object
function f({ a, b = [a] }: { a: number; b?: number[] }) { return { a, b } }
function* gen() { yield* [{ x: yield 1 }] }
const tag = (_: TemplateStringsArray, ...values: unknown[]) => values`,
    },
  )
  const holes: unknown[] = [1, 2, 3]
  holes.unshift(undefined)
  expect(config.value).toEqual({
    list: holes,
    nested: { a: { b: ['x', 'y'] }, c: [1] },
    f: { a: 1, b: [1] },
    g: [1, { x: undefined }],
    t: [{}],
  })
})
