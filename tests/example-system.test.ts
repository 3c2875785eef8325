import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { findFreePort } from './support/free-port.ts'
import { post } from './support/http.ts'
import { readTree } from './support/read-tree.ts'
import { repository } from './support/repository.ts'
import { type StartedNode, startNode } from './support/start-node.ts'
import { createTemporaryProject, type TemporaryProject } from './support/temporary-project.ts'

// The example is built in one folder and run from another that holds nothing but its dist/.
let project: TemporaryProject
let elsewhere: string
let server: StartedNode
const others: string[] = []

beforeAll(async () => {
  project = await createTemporaryProject(path.join(repository, 'examples'), 'examples')
  for (const file of ['neemata.config.ts', 'package.json']) {
    await cp(path.join(repository, file), path.join(project.root, file))
  }
  const built = await project.neemata('build')
  expect(built, built.stderr).toMatchObject({ code: 0 })

  elsewhere = await mkdtemp(path.join(tmpdir(), 'neemata-elsewhere-'))
  await cp(path.join(project.root, 'dist'), path.join(elsewhere, 'dist'), { recursive: true })
  server = await startNode(['dist/main.js'], { cwd: elsewhere, env: { PORT: '0' } })
})

afterAll(async () => {
  await server?.[Symbol.asyncDispose]()
  await project?.[Symbol.asyncDispose]()
  for (const folder of [elsewhere, ...others]) {
    if (folder) await rm(folder, { recursive: true, force: true })
  }
})

test('generates the bytes that are committed', async () => {
  const generated = await readTree(path.join(project.root, 'generated'))
  expect(generated).toEqual(await readTree(path.join(repository, 'generated')))
})

test('answers for both applications on one port', async () => {
  const search = await post(`${server.url}/places/search`, {
    text: 'zurich',
    country: 'CH',
    limit: 1,
  })
  expect(search.status).toBe(200)
  expect(JSON.stringify(search.body)).toContain('Zürich')
  const list = await post(`${server.url}/trips/list`)
  expect(list.status).toBe(200)
})

test('finds the nearest places', async () => {
  const nearest = await post(`${server.url}/places/nearest`, {
    latitude: 47.367,
    longitude: 8.55,
    limit: 1,
  })
  expect(nearest.status).toBe(200)
  expect(JSON.stringify(nearest.body)).toContain('Zürich')
})

test('names the field of a wrong input', async () => {
  const answer = await post(`${server.url}/places/search`, { text: 'berlin', limit: 'many' })
  expect(answer.status).toBe(400)
  expect(answer.headers.get('content-type')).toContain('application/problem+json')
  expect(answer.body).toMatchObject({ status: 400, code: 'validation_failed' })
  expect(answer.body.data.issues[0].path).toEqual(['limit'])
})

test('refuses malformed JSON and unknown procedures', async () => {
  const malformed = await post(`${server.url}/places/search`, '{"text": ')
  expect(malformed).toMatchObject({ status: 400, body: { code: 'bad_request' } })
  const unknown = await post(`${server.url}/places/serach`, {})
  expect(unknown).toMatchObject({ status: 404, body: { code: 'not_found' } })
  const deleted = await fetch(`${server.url}/places/search`, { method: 'DELETE' })
  expect(deleted.status).toBe(405)
  expect(deleted.headers.get('allow')).toContain('POST')
})

test('calls one application from the other', async () => {
  const [from] = (await post(`${server.url}/places/search`, { text: 'zurich', limit: 1 })).body
  const [to] = (await post(`${server.url}/places/search`, { text: 'berlin', limit: 1 })).body
  const trip = { from: from.id, to: to.id, departure: '2031-05-01', travellers: 2 }

  const anonymous = await post(`${server.url}/trips/create`, trip)
  expect(anonymous).toMatchObject({ status: 401, body: { code: 'unauthenticated' } })

  const ada = { authorization: 'Bearer ada-token' }
  const created = await post(`${server.url}/trips/create`, trip, ada)
  expect(created.status, JSON.stringify(created.body)).toBe(200)
  expect(created.body.from.name).toBe(from.name)
  const mine = await post(`${server.url}/trips/list`, undefined, ada)
  expect(JSON.stringify(mine.body)).toContain(created.body.id)
})

test('reports that it is ready', async () => {
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
})

test('moves to the port that PORT names', async () => {
  const port = await findFreePort()
  await using moved = await startInFolderOfItsOwn({ PORT: String(port) })
  expect(moved.url).toBe(`http://127.0.0.1:${port}`)
})

test('finishes accepted calls on SIGTERM and exits 0', async () => {
  const stopping = await startInFolderOfItsOwn({ PORT: '0' })
  const calls = Array.from({ length: 50 }, () =>
    post(`${stopping.url}/places/search`, { text: 'san', limit: 20 }),
  )
  await calls[0]
  stopping.kill('SIGTERM')
  const statuses = await Promise.allSettled(calls)
  for (const call of statuses) {
    // A call that was not accepted may be refused; one that was must be answered.
    if (call.status === 'fulfilled') expect([200, 503]).toContain(call.value.status)
  }
  expect(await stopping.ended).toBe(0)
})

/** The embedded store belongs to one process, so that a second one needs a folder of its own. */
async function startInFolderOfItsOwn(env: Record<string, string>): Promise<StartedNode> {
  const folder = await mkdtemp(path.join(tmpdir(), 'neemata-elsewhere-'))
  others.push(folder)
  return startNode([path.join(elsewhere, 'dist/main.js')], { cwd: folder, env })
}
