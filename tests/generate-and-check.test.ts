import { readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'

import { readTree } from './support/read-tree.ts'
import { createTemporaryProject } from './support/temporary-project.ts'

const fixture = path.join(import.meta.dirname, 'fixtures/one-procedure')

test('generates the same bytes again and elsewhere', async () => {
  await using here = await createTemporaryProject(fixture)
  await using there = await createTemporaryProject(fixture)
  expect((await here.neemata('generate')).code).toBe(0)
  const first = await readTree(path.join(here.root, 'generated'))
  expect(Object.keys(first)).toContain('registry.ts')

  expect((await here.neemata('generate')).code).toBe(0)
  expect((await there.neemata('generate')).code).toBe(0)
  expect(await readTree(path.join(here.root, 'generated'))).toEqual(first)
  expect(await readTree(path.join(there.root, 'generated'))).toEqual(first)
})

test('names a generated file that was edited', async () => {
  await using project = await createTemporaryProject(fixture)
  await project.neemata('generate')
  expect((await project.neemata('generate', '--check')).code).toBe(0)

  const file = path.join(project.root, 'generated/contract.ts')
  const text = await readFile(file, 'utf8')
  await writeFile(file, `${text} `)
  const checked = await project.neemata('generate', '--check')
  expect(checked.code).toBe(1)
  expect(checked.stderr).toContain('generated/contract.ts')
  expect(await readFile(file, 'utf8')).toBe(`${text} `)
})

test('checks a sound project without a word of complaint', async () => {
  await using project = await createTemporaryProject(fixture)
  await project.neemata('generate')
  const checked = await project.neemata('check')
  expect(checked, checked.stderr).toMatchObject({ code: 0 })
})

test('finds the registry line of a missing export', async () => {
  await using project = await createTemporaryProject(fixture)
  await project.neemata('generate')
  const file = path.join(project.root, 'generated/registry.ts')
  const text = await readFile(file, 'utf8')
  const broken = text.replaceAll(/\bdivide\b(?=\)?[,;\s]*$)/gm, 'multiply')
  expect(broken).not.toBe(text)
  await writeFile(file, broken)

  const { ok, diagnostics } = await checkAsJson(project)
  expect(ok).toBe(false)
  const line = broken.split('\n').findIndex((each) => each.includes('multiply')) + 1
  expect(diagnostics).toContainEqual(
    expect.objectContaining({
      message: expect.stringContaining('multiply'),
      at: expect.objectContaining({ file: 'generated/registry.ts', line }),
    }),
  )
})

test("finds the user's line of a wrong handler", async () => {
  await using project = await createTemporaryProject(fixture)
  await project.neemata('generate')
  const file = path.join(project.root, 'shop/divide.ts')
  const text = await readFile(file, 'utf8')
  await writeFile(file, text.replace('Number(divideExactly(', 'String(divideExactly('))

  const { ok, diagnostics } = await checkAsJson(project)
  expect(ok).toBe(false)
  expect(diagnostics).toEqual([
    expect.objectContaining({
      message: expect.stringContaining('string'),
      at: expect.objectContaining({ file: 'shop/divide.ts', line: expect.any(Number) }),
    }),
  ])
  const lines = text.split('\n')
  expect(lines[diagnostics[0].at.line - 1]).toMatch(/handler|return/)
})

test('keeps the previous dist when a build fails', async () => {
  await using project = await createTemporaryProject(fixture)
  expect((await project.neemata('build')).code).toBe(0)
  const before = await readTree(path.join(project.root, 'dist'))
  await rename(path.join(project.root, 'shop/divide.ts'), path.join(project.root, 'shop/moved.ts'))
  expect((await project.neemata('build')).code).toBe(1)
  expect(await readTree(path.join(project.root, 'dist'))).toEqual(before)
})

async function checkAsJson(project: Awaited<ReturnType<typeof createTemporaryProject>>) {
  const checked = await project.neemata('check', '--json')
  expect(checked.code).toBe(1)
  return JSON.parse(checked.stdout)
}
