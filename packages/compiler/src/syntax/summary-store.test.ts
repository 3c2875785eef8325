import { existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { createProject } from '../../test/create-project.ts'
import { summaryCacheFile } from './summary-cache.ts'
import { openSummaryStore } from './summary-store.ts'

/** Long before the cache is written, so that time stamps are trusted. */
const past = new Date('2020-01-01')

function projectWithCache(): { file: string; cache: string; root: string } {
  const { root } = createProject({ 'a.ts': 'export const a = 1', 'node_modules/.keep': '' })
  const file = path.join(root, 'a.ts')
  utimesSync(file, past, past)
  const cache = summaryCacheFile(root)
  if (cache === undefined) throw new Error('There is a node_modules folder.')
  const store = openSummaryStore(cache)
  store.read(file)
  store.save()
  return { file, cache, root }
}

/** The names that a fresh store says the file declares. */
function declared(cache: string, file: string): string[] | undefined {
  const summary = openSummaryStore(cache).read(file)
  return summary && Object.keys(summary.declarations)
}

/** Makes the cache say something that no parse would, to tell where an answer comes from. */
function forge(cache: string): void {
  writeFileSync(cache, readFileSync(cache, 'utf8').replaceAll('"a":', '"forged":'))
}

test('keeps the cache in the nearest node_modules', () => {
  const { root } = createProject({ 'node_modules/.keep': '', 'apps/one/a.ts': '' })
  const cache = summaryCacheFile(path.join(root, 'apps/one')) ?? ''
  expect(path.dirname(cache)).toBe(path.join(root, 'node_modules/.cache/neemata'))
  expect(summaryCacheFile(path.join(root, 'apps'))).not.toBe(cache)
})

test('keeps no cache without a node_modules', () => {
  expect(summaryCacheFile(path.parse(process.cwd()).root)).toBeUndefined()
})

test('answers from the cache for unchanged files', () => {
  const { cache, file } = projectWithCache()
  forge(cache)
  expect(declared(cache, file)).toEqual(['forged'])
})

test('parses files whose text has changed', () => {
  const { cache, file } = projectWithCache()
  forge(cache)
  writeFileSync(file, 'export const b = 2')
  expect(declared(cache, file)).toEqual(['b'])
})

test('sees an edit that keeps size and time', () => {
  const { cache, file } = projectWithCache()
  const now = new Date()
  utimesSync(file, now, now)
  const store = openSummaryStore(cache)
  store.read(file)
  store.save()
  writeFileSync(file, 'export const b = 1')
  utimesSync(file, now, now)
  expect(declared(cache, file)).toEqual(['b'])
})

test('keeps a summary when only the time changes', () => {
  const { cache, file } = projectWithCache()
  forge(cache)
  utimesSync(file, new Date(), new Date())
  expect(declared(cache, file)).toEqual(['forged'])
})

test.each(['', '{', 'null', '[]', '{"version":"0","savedAt":1,"files":[]}'])(
  'ignores the damaged cache %j',
  (text) => {
    const { cache, file } = projectWithCache()
    writeFileSync(cache, text)
    expect(declared(cache, file)).toEqual(['a'])
  },
)

test('never fails where nothing can be written', () => {
  const { root } = createProject({ 'a.ts': 'export const a = 1', blocked: '' })
  const store = openSummaryStore(path.join(root, 'blocked/cache.json'))
  expect(store.read(path.join(root, 'a.ts'))).toBeDefined()
  store.save()
  expect(existsSync(path.join(root, 'blocked/cache.json'))).toBe(false)
})

test('forgets files that are no longer read', () => {
  const { cache, file, root } = projectWithCache()
  const other = path.join(root, 'b.ts')
  writeFileSync(other, 'export const b = 1')
  const store = openSummaryStore(cache)
  store.read(other)
  store.save()
  expect(readFileSync(cache, 'utf8')).not.toContain(JSON.stringify(file))
})

test('finds no summary of what is no file', () => {
  const { root } = createProject({})
  mkdirSync(path.join(root, 'folder'))
  const store = openSummaryStore(undefined)
  expect(store.read(path.join(root, 'folder'))).toBeUndefined()
  expect(store.read(path.join(root, 'none.ts'))).toBeUndefined()
})
