import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { findFreePort } from './support/free-port.ts'
import { post } from './support/http.ts'
import { readTree } from './support/read-tree.ts'
import { neemata } from './support/repository.ts'
import { runNode } from './support/run-node.ts'
import { startNode } from './support/start-node.ts'
import { createTemporaryProject, type TemporaryProject } from './support/temporary-project.ts'

const fixture = path.join(import.meta.dirname, 'fixtures/one-procedure')
// Nothing else in a bundle looks like these, so finding one means that a value leaked.
const environment = { PORT: '48127', LOG_LEVEL: 'debug', SECRET_TOKEN: 'correct-horse-battery' }

let project: TemporaryProject
let elsewhere: string

beforeAll(async () => {
  project = await createTemporaryProject(fixture)
  const built = await runNode([neemata, 'build'], { cwd: project.root, env: environment })
  expect(built, built.stderr).toMatchObject({ code: 0 })
  elsewhere = await mkdtemp(path.join(tmpdir(), 'neemata-elsewhere-'))
  await cp(path.join(project.root, 'dist'), elsewhere, { recursive: true })
})

afterAll(async () => {
  await project?.[Symbol.asyncDispose]()
  if (elsewhere) await rm(elsewhere, { recursive: true, force: true })
})

test('runs with plain node and nothing beside it', async () => {
  await using server = await startNode(['main.js'], { cwd: elsewhere, env: { PORT: '0' } })
  const answer = await post(`${server.url}/shop/divide`, { dividend: 12, divisor: 5 })
  expect(answer).toMatchObject({ status: 200, body: { quotient: 2 } })
})

test('names TypeScript lines in logged stacks, never in answers', async () => {
  await using server = await startNode(['main.js'], { cwd: elsewhere, env: { PORT: '0' } })
  const answer = await post(`${server.url}/shop/divide`, { dividend: 1, divisor: 0 })
  expect(answer).toMatchObject({ status: 500, body: { code: 'internal_error' } })
  expect(JSON.stringify(answer.body)).not.toContain('zero')
  expect(server.output()).toMatch(/divideExactly.*shop\/divide\.ts:13:\d+/)
  expect(server.output()).toContain(answer.body.id)
})

test('holds no value of the environment', async () => {
  for (const folder of ['generated', 'dist']) {
    const files = await readTree(path.join(project.root, folder))
    for (const [file, text] of Object.entries(files)) {
      expect(text.includes(environment.PORT), file).toBe(false)
      expect(text.includes(environment.SECRET_TOKEN), file).toBe(false)
    }
  }
})

test('holds nothing of compiler, queues or stores', async () => {
  const files = await readTree(path.join(project.root, 'dist'))
  const foreign =
    /ts-morph|createSourceFile|from ['"](vite|rolldown)|bullmq|ioredis|pglite|defineRuntime\(/i
  for (const [file, text] of Object.entries(files)) {
    if (file.endsWith('.js')) expect(foreign.exec(text)?.[0], file).toBeUndefined()
  }
})

test('says at once which variables are wrong', async () => {
  const ended = await runNode(['main.js'], {
    cwd: elsewhere,
    env: { PORT: 'eighty', LOG_LEVEL: 'loud' },
  })
  expect(ended.code).toBe(1)
  expect(ended.stderr).toContain('PORT')
  expect(ended.stderr).toContain('LOG_LEVEL')
  expect(ended.stderr).not.toMatch(/^\s+at /m)
})

test('says which port is taken', async () => {
  const port = await findFreePort()
  const env = { PORT: String(port) }
  await using _first = await startNode(['main.js'], { cwd: elsewhere, env })
  const second = await runNode(['main.js'], { cwd: elsewhere, env })
  expect(second.code).toBe(1)
  expect(second.stderr).toContain(String(port))
  expect(second.stderr).toContain('another process listens there')
})
