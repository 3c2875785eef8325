import { mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

import { expect, onTestFinished, test } from 'vitest'

import { createProject, type Project } from '../../test/create-project.ts'
import { SourceWatcher } from './source-watcher.ts'

/** Watches a project; `next` resolves with the next changes, relative to it. */
function watchProject(project: Project) {
  const batches: (readonly string[])[] = []
  let wake = (): void => {}
  const watcher = new SourceWatcher({
    root: project.root,
    ignores: (directory) => directory === project.path('generated'),
    onChange(files) {
      batches.push(files.map((file) => file.slice(project.root.length + 1)))
      wake()
    },
    onError(error) {
      throw error
    },
  })
  onTestFinished(() => watcher.close())
  const next = async (): Promise<readonly string[]> => {
    if (batches.length === 0) await new Promise<void>((resolve) => (wake = resolve))
    return batches.shift()!
  }
  return { watcher, next }
}

test('sees saves in place and by rename', async () => {
  const project = createProject({ 'src/a.ts': '1' })
  const { next } = watchProject(project)
  project.write('src/a.ts', '22')
  expect(await next()).toEqual(['src/a.ts'])
  project.write('src/.a.ts.tmp', '333')
  renameSync(project.path('src/.a.ts.tmp'), project.path('src/a.ts'))
  expect(await next()).toEqual(['src/a.ts'])
})

test('sees new folders with all their files', async () => {
  const project = createProject({})
  const { next } = watchProject(project)
  const file = project.path('new/deep/a.ts')
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, '1')
  expect(await next()).toEqual(['new/deep/a.ts'])
  project.write('new/deep/b.ts', '1')
  expect(await next()).toEqual(['new/deep/b.ts'])
})

test('sees a renamed folder under both names', async () => {
  const project = createProject({ 'old/deep/a.ts': '1' })
  const { watcher, next } = watchProject(project)
  watcher.setFiles([project.path('old/deep/a.ts')])
  renameSync(project.path('old'), project.path('new'))
  expect(await next()).toEqual(['new/deep/a.ts', 'old/deep/a.ts'])
  project.write('new/deep/a.ts', '22')
  expect(await next()).toEqual(['new/deep/a.ts'])
})

test('sees deletions and returns', async () => {
  const project = createProject({ 'src/a.ts': '1' })
  const { next } = watchProject(project)
  rmSync(project.path('src/a.ts'))
  expect(await next()).toEqual(['src/a.ts'])
  project.write('src/a.ts', '1')
  expect(await next()).toEqual(['src/a.ts'])
})

test('overlooks what is no source', async () => {
  const project = createProject({ 'notes.md': '', 'data.txt': '', 'a.ts': '1' })
  const { watcher, next } = watchProject(project)
  watcher.setFiles([project.path('data.txt')])
  project.write('notes.md', 'changed')
  project.write('generated/a.ts', '1')
  project.write('node_modules/p/index.js', '1')
  project.write('.hidden/a.ts', '1')
  project.write('data.txt', 'named, so it counts')
  expect(await next()).toEqual(['data.txt'])
})

test('overlooks a second sign of one change', async () => {
  const project = createProject({ 'a.ts': '1', 'b.ts': '1' })
  const { next } = watchProject(project)
  const at = new Date(1_000_000_000_000)
  utimesSync(project.path('a.ts'), at, at)
  expect(await next()).toEqual(['a.ts'])
  utimesSync(project.path('a.ts'), new Date(), at)
  project.write('b.ts', '22')
  expect(await next()).toEqual(['b.ts'])
})

test('watches named files outside of the project', async () => {
  const project = createProject({})
  const outside = createProject({ 'shared/a.ts': '1' })
  const { watcher, next } = watchProject(project)
  watcher.setFiles([outside.path('shared/a.ts')])
  outside.write('shared/a.ts', '22')
  expect((await next()).map((path) => path.split('/').at(-1))).toEqual(['a.ts'])
})
