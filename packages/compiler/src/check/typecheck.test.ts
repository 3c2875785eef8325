import { existsSync, readdirSync, symlinkSync } from 'node:fs'

import { expect, test } from 'vitest'

import { createProject } from '../../test/create-project.ts'
import { readTscOutput } from './read-tsc-output.ts'
import { typecheck } from './typecheck.ts'

const options = { strict: true, module: 'nodenext', types: [], skipLibCheck: true }

function tsconfig(settings: object): string {
  return JSON.stringify({ compilerOptions: options, ...settings })
}

test('reports type errors at their place', async () => {
  const { root } = createProject(
    { 'tsconfig.json': tsconfig({}), 'a.ts': `export const ok = 1\nconst n: number = 'x'\n` },
    ['typescript', '@typescript'],
  )
  expect(await typecheck({ root, generated: [] })).toMatchObject([
    {
      code: 'NM4203',
      message: "TS2322: Type 'string' is not assignable to type 'number'.",
      at: { file: 'a.ts', line: 2, column: 7 },
    },
  ])
})

test('checks generated files that the tsconfig leaves out', async () => {
  const { root, path } = createProject(
    {
      'tsconfig.json': tsconfig({ include: ['src'] }),
      'src/a.ts': `export const a = 1\n`,
      'generated/registry.ts': `export const load = async () => (await import('../src/a.js')).b\n`,
    },
    ['typescript', '@typescript'],
  )
  const found = await typecheck({ root, generated: ['registry.ts'] })
  expect(found).toMatchObject([{ code: 'NM4203', at: { file: 'generated/registry.ts', line: 1 } }])
  expect(existsSync(path('.neemata')) ? readdirSync(path('.neemata')) : []).toEqual([])
})

test('reports an error of both runs once', async () => {
  const { root } = createProject(
    {
      'tsconfig.json': tsconfig({ include: ['src'] }),
      'src/a.ts': `export const a: string = 1\n`,
      'generated/registry.ts': `export const load = async () => (await import('../src/a.js')).a\n`,
    },
    ['typescript', '@typescript'],
  )
  expect(await typecheck({ root, generated: ['registry.ts'] })).toHaveLength(1)
})

test('checks generated files of a solution tsconfig', async () => {
  const { root } = createProject(
    {
      'tsconfig.json': tsconfig({ files: [], references: [{ path: './src' }] }),
      'src/tsconfig.json': tsconfig({}),
      'generated/registry.ts': `export const n: number = 'x'\n`,
    },
    ['typescript', '@typescript'],
  )
  const found = await typecheck({ root, generated: ['registry.ts'] })
  expect(found).toMatchObject([{ code: 'NM4203', at: { file: 'generated/registry.ts' } }])
})

test('reports a wrong option at the tsconfig', async () => {
  const { root } = createProject(
    { 'tsconfig.json': '{ "compilerOptions": { "strikt": true } }', 'a.ts': '' },
    ['typescript', '@typescript'],
  )
  expect(await typecheck({ root, generated: [] })).toMatchObject([
    { code: 'NM4204', at: { file: 'tsconfig.json', line: 1 } },
  ])
})

test('asks for TypeScript and a tsconfig', async () => {
  const { root, write, path } = createProject({ 'a.ts': '' })
  expect(await typecheck({ root, generated: [] })).toMatchObject([{ code: 'NM4201' }])
  write('node_modules/typescript/package.json', '{ "version": "5.9.3" }')
  expect(await typecheck({ root, generated: [] })).toMatchObject([{ code: 'NM4202' }])
  write('tsconfig.json', '{}')
  symlinkSync(path('a.ts'), path('b.ts'))
  expect(await typecheck({ root, generated: [] })).toMatchObject([
    { code: 'NM4204', message: expect.stringContaining('TypeScript failed') },
  ])
})

test('reads messages of several lines', () => {
  const { errors, files, rest } = readTscOutput(
    `a.ts(1,2): error TS2322: Outer.\n  Inner.\nerror TS5083: Cannot read.\n/x/a.ts\nFound 2.\n`,
  )
  expect(errors).toEqual([
    { place: { file: 'a.ts', line: 1, column: 2 }, code: 'TS2322', message: 'Outer.\nInner.' },
    { code: 'TS5083', message: 'Cannot read.' },
  ])
  expect(files).toEqual(['/x/a.ts'])
  expect(rest).toEqual(['Found 2.'])
})
