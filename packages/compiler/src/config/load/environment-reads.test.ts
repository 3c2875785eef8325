import { expect, test } from 'vitest'

import { findEnvironmentReads } from './environment-reads.ts'
import { parseModule } from './parse-module.ts'
import { createSourceText } from './source-text.ts'

function reads(text: string): readonly string[] {
  const source = createSourceText('neemata.config.ts', text)
  const { program, diagnostics } = parseModule(source)
  expect(diagnostics).toEqual([])
  return findEnvironmentReads(source, program).map(({ hint, at }) => {
    return `${at?.line}:${at?.column} ${/`(.*?)`/.exec(hint)?.[1]}`
  })
}

test.each([
  ['x = process.env.PORT', "env.port('PORT')"],
  ['x = Number(process.env.HTTP_PORT ?? 3000)', "env.port('HTTP_PORT', 3000)"],
  ["x = Number(process.env.PORT || '80')", "env.port('PORT', 80)"],
  ['x = +process.env.SIZE!', "env.number('SIZE')"],
  ["x = parseInt(process.env['SIZE'] || '10', 10)", "env.number('SIZE', 10)"],
  ['x = process.env.SIZE ?? 10', "env.number('SIZE', 10)"],
  ["x = process.env.DEBUG === 'true'", "env.boolean('DEBUG')"],
  ['x = !process.env.DEBUG', "env.boolean('DEBUG')"],
  ["x = process.env.HOST || 'localhost'", "env.string('HOST', 'localhost')"],
  ['x = (process.env as any)?.REDIS_URL', "env.url('REDIS_URL')"],
  ['x = globalThis.process.env.NAME', "env.string('NAME')"],
  ['x = import.meta.env.NAME', "env.string('NAME')"],
])('suggests a reference for %s', (text, suggestion) => {
  expect(reads(`let x: unknown\n${text}`)).toEqual([expect.stringContaining(` ${suggestion}`)])
})

test('finds reads through other names', () => {
  expect(
    reads(`import proc, { env as e } from 'node:process'
const { PORT, SIZE: size } = process.env
const { env } = proc
console.log(e.NAME, PORT, size, env, process.env)`),
  ).toEqual([
    "2:9 env.port('PORT')",
    "2:15 env.string('SIZE')",
    '3:9 env',
    "4:13 env.string('NAME')",
    '4:38 env',
  ])
})

test('finds an environment that is handed on', () => {
  expect(reads("import { env } from 'process'\nconsole.log(Object.keys(env))")).toEqual([
    '1:10 env',
  ])
})

test('leaves other things of the same name alone', () => {
  expect(
    reads(`import { env } from 'neemata/config'
const x = { process: { env: 1 } }
console.log(env.port('PORT'), x.process.env, process.cwd(), process.platform)`),
  ).toEqual([])
})
