import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { checkLayers } from './check-layers.js'

const repository = path.resolve(import.meta.dirname, '../..')
let root: string

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'neemata-layers-'))
  const skipped = /(^|\/)(node_modules|dist)(\/|$)/
  for (const folder of ['packages', 'templates', 'examples', 'generated']) {
    await cp(path.join(repository, folder), path.join(root, folder), {
      recursive: true,
      filter: (source) => !skipped.test(path.relative(repository, source)),
    })
  }
})

afterAll(() => rm(root, { recursive: true, force: true }))

test('accepts the repository as it stands', async () => {
  const { modules, violations } = await checkLayers(root)
  expect(violations).toEqual([])
  expect(modules).toBeGreaterThan(100)
})

const planted: readonly [file: string, text: string, message: RegExp][] = [
  ['packages/application/src/planted.ts', `import 'node:fs'`, /may not import node:fs/],
  [
    'packages/gateway/src/planted.ts',
    `import '@neemata/runtime'`,
    /may not import @neemata\/runtime/,
  ],
  ['packages/gateway/src/formats/planted.ts', `import 'node:buffer'`, /may not import node:buffer/],
  [
    'packages/client/src/planted.ts',
    `import '@neemata/gateway'`,
    /may not import @neemata\/gateway/,
  ],
  ['packages/compiler/src/planted.ts', `import type {} from '@neemata/runtime'`, /may not import/],
  ['packages/compiler/src/render/planted.ts', `import 'node:fs'`, /may not import node:fs/],
  ['packages/compiler/src/config/planted.ts', `import '../render/render.ts'`, /may not import/],
  ['packages/compiler/src/cli/planted.ts', `await import('ts-morph')`, /may not import ts-morph/],
  ['packages/compiler/src/emit/planted.ts', `import { z } from 'zod'`, /may not import zod/],
  ['packages/runtime/src/declare/planted.ts', `import '../config.ts'`, /may not import/],
  ['packages/runtime/src/container/planted.ts', `import 'node:http'`, /may not import node:http/],
  ['packages/runtime/src/planted.ts', `import pino from 'pino'`, /may not import pino/],
  ['packages/runtime/src/planted.ts', `import { Queue } from 'bullmq'`, /may not import bullmq/],
  ['packages/neemata/src/planted.ts', `export const answer = 42`, /more than re-exports/],
  ['packages/runtime/src/planted.ts', `export * from './config.ts'`, /only re-exports/],
  ['packages/runtime/src/planted.ts', `import { x } from './planted.ts'\nexport { x }`, /cycle/],
  ['packages/runtime/src/planted.ts', `import './missing.ts'`, /not found/],
  ['templates/entries/planted.ts', `import '@neemata/runtime'`, /may not import @neemata\/runtime/],
]

test.each(planted)('refuses a forbidden import in %s', async (file, text, message) => {
  const absolute = path.join(root, file)
  await mkdir(path.dirname(absolute), { recursive: true })
  await writeFile(absolute, text)
  try {
    const { violations } = await checkLayers(root)
    expect(violations).toHaveLength(1)
    expect(violations[0]?.at).toBe(`${file}:1`)
    expect(violations[0]?.message).toMatch(message)
    expect(violations[0]?.reason).not.toBe('')
  } finally {
    await rm(absolute)
  }
})

test('refuses to approve what it could not see', async () => {
  const empty = path.join(root, 'empty')
  for (const folder of ['packages', 'templates', 'examples', 'generated']) {
    await mkdir(path.join(empty, folder), { recursive: true })
  }
  const { violations } = await checkLayers(empty)
  expect(violations.map(({ message }) => message)).toContain('saw 0 of 0 modules')
})
