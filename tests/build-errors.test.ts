import { mkdir, readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'

import { readTree } from './support/read-tree.ts'
import { createTemporaryProject } from './support/temporary-project.ts'

const cases = path.join(import.meta.dirname, 'build-errors')
const names = (await readdir(cases, { withFileTypes: true }))
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort()

test.each(names)('refuses to build: %s', async (name) => {
  await using project = await createTemporaryProject(path.join(cases, name))
  const before = await plantPreviousOutput(project.root)

  const built = await project.neemata('build')
  expect(built.code).toBe(1)
  expect(built.stdout).toBe('')
  await expect(built.stderr).toMatchFileSnapshot(path.join(cases, name, 'expected.txt'))

  const { ok, diagnostics } = JSON.parse((await project.neemata('build', '--json')).stdout)
  expect(ok).toBe(false)
  expect(diagnostics).toHaveLength(1)
  expect(diagnostics[0]).toMatchObject({
    code: expect.stringMatching(/^NM\d{4}$/),
    severity: 'error',
    message: expect.stringMatching(/./),
    hint: expect.stringMatching(/./),
    at: { file: expect.any(String), line: expect.any(Number), column: expect.any(Number) },
  })

  expect(await readTree(project.root)).toEqual(before)
})

test('covers every mistake that is named', () => {
  expect(names.length).toBeGreaterThanOrEqual(30)
})

/** What an earlier, successful build would have left. */
async function plantPreviousOutput(root: string) {
  for (const folder of ['generated', 'dist']) {
    await mkdir(path.join(root, folder))
    await writeFile(path.join(root, folder, 'main.js'), `// ${folder} of the last good build\n`)
  }
  return readTree(root)
}
