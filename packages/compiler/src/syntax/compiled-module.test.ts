import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { expect, test } from 'vitest'
import { createProject } from '../../test/create-project.ts'
import { loadCompiledModule } from './compiled-module.ts'

interface Exported {
  readonly answer: number
  readonly folder: string
}

const text = `exports.answer = 42; exports.folder = require('node:path').basename(__dirname)`

test('loads a module and keeps its code', () => {
  const { root } = createProject({ 'node_modules/big/index.js': text })
  const file = path.join(root, 'node_modules/big/index.js')
  const first = loadCompiledModule<Exported>(file)
  first.save()
  const cache = path.join(root, 'node_modules/.cache/neemata')
  const [code] = readdirSync(cache)
  expect(code).toMatch(/^index\.js-.*\.code$/)
  const before = readFileSync(path.join(cache, code ?? ''))
  const second = loadCompiledModule<Exported>(file)
  second.save()
  expect(readFileSync(path.join(cache, code ?? ''))).toEqual(before)
  expect([first.exports, second.exports]).toEqual([
    { answer: 42, folder: 'big' },
    { answer: 42, folder: 'big' },
  ])
})

test('replaces code that V8 refuses', () => {
  // Otherwise V8 remembers the text within the process, and looks at no code.
  setFlagsFromString('--no-compilation-cache')
  const { root } = createProject({ 'node_modules/big/index.js': text })
  const file = path.join(root, 'node_modules/big/index.js')
  loadCompiledModule<Exported>(file).save()
  const cache = path.join(root, 'node_modules/.cache/neemata')
  const code = path.join(cache, readdirSync(cache)[0] ?? '')
  writeFileSync(code, 'damaged')
  const loaded = loadCompiledModule<Exported>(file)
  expect(loaded.exports.answer).toBe(42)
  loaded.save()
  expect(readFileSync(code, 'latin1')).not.toBe('damaged')
})

test('works outside a node_modules and keeps nothing', () => {
  const { root } = createProject({ 'big/index.cjs': text })
  const loaded = loadCompiledModule<Exported>(path.join(root, 'big/index.cjs'))
  loaded.save()
  expect(loaded.exports.folder).toBe('big')
  expect(readdirSync(root).sort()).toEqual(['big', 'package.json'])
})
