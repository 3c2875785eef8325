import { request } from 'node:http'
import { setTimeout } from 'node:timers/promises'

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'

import { bundleEntries, type BundledEntries } from '../../test/bundle-entries.ts'
import { startProcess, type TestProcess } from '../../test/start-process.ts'

let entries: BundledEntries
let server: TestProcess | undefined

beforeAll(async () => {
  entries = await bundleEntries(['threaded-main', 'threaded-worker', 'broken-worker'])
})

afterEach(async () => {
  server?.child.kill('SIGKILL')
  await server?.exit
})

afterAll(() => entries.remove())

function start(args: readonly string[] = [], env?: Record<string, string>): TestProcess {
  server = startProcess(entries.url('threaded-main').pathname, env, args)
  return server
}

async function ready(process: TestProcess): Promise<string> {
  const line = JSON.parse(await process.line('listening on')) as { msg: string }
  return line.msg.replace('listening on ', '')
}

async function call(url: string, path: string, input?: unknown): Promise<[number, unknown]> {
  const body = input === undefined ? null : JSON.stringify(input)
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${url}/${path}`, { method: 'POST', body, headers })
  return [response.status, await response.json()]
}

async function untilReady(url: string): Promise<void> {
  while ((await status(`${url}/readyz`)) !== 200) await setTimeout(5)
}

const status = async (url: string) => (await fetch(url)).status

test('serves every app whichever thread runs it', async () => {
  const process = start()
  const url = await ready(process)
  const threads = await Promise.all(
    ['front', 'back', 'home'].map(async (app) => (await call(url, `${app}/where`))[1]),
  )
  expect(new Set(threads).size).toBe(3)
  expect(threads[2]).toBe(0)
  expect(await call(url, 'home/relay', { to: 'front/where' })).toEqual([200, threads[0]])
  expect(await call(url, 'front/relay', { to: 'home/where' })).toEqual([200, 0])
  expect(JSON.parse(await process.line('listening'))).toMatchObject({
    apps: ['fixture', 'front', 'back', 'home'],
    role: 'all',
  })
})

test('says in its log which slot failed', async () => {
  const process = start()
  const url = await ready(process)
  expect((await call(url, 'back/crash'))[0]).toBe(500)
  expect(JSON.parse(await process.line('call failed'))).toMatchObject({ app: 'back', slot: 1 })
})

test('is not ready while an app has no slot', async () => {
  const process = start()
  const url = await ready(process)
  expect(await status(`${url}/readyz`)).toBe(200)
  expect((await call(url, 'front/die', 'exit'))[0]).toBe(503)
  expect(await status(`${url}/readyz`)).toBe(503)
  expect(await status(`${url}/healthz`)).toBe(200)
  expect((await call(url, 'front/where'))[0]).toBe(503)
  expect((await call(url, 'back/where'))[0]).toBe(200)
  await process.line('a thread was replaced')
  expect(await status(`${url}/readyz`)).toBe(200)
  expect((await call(url, 'front/where'))[0]).toBe(200)
})

test('exits 1 when a thread dies too often', async () => {
  const process = start()
  const url = await ready(process)
  for (let deaths = 1; deaths <= 3; deaths++) {
    await call(url, 'front/die', 'throw').catch(() => undefined)
    if (deaths < 3) await untilReady(url)
  }
  expect(await process.exit).toBe(1)
  expect(process.stdout.join('\n')).toContain('"slot 0\\" died more than 2 times in a row')
})

test('explains why a thread could not start', async () => {
  const process = start([], { WORKER: 'broken-worker' })
  expect(await process.exit).toBe(1)
  const text = process.stderr.join('\n')
  expect(text).toContain('NM7101: apps.front.application could not be loaded.')
  expect(text).toContain('the module is broken')
})

test('loses no accepted call after SIGTERM', async () => {
  const process = start()
  const url = await ready(process)
  const outcomes: string[] = []
  const stopping = new AbortController()
  const client = async (app: string) => {
    while (!stopping.signal.aborted) outcomes.push(await callOnce(`${url}/${app}/slow`))
  }
  const clients = ['fixture', 'fixture', 'front', 'back', 'home'].map(client)
  while (outcomes.length < 20) await setTimeout(5)
  process.child.kill('SIGTERM')
  const exit = await process.exit
  stopping.abort()
  await Promise.all(clients)
  expect(exit).toBe(0)
  const begun = process.stdout.filter((line) => line === 'slow began').length
  expect(outcomes.filter((outcome) => outcome === '200')).toHaveLength(begun)
  expect(outcomes.filter((outcome) => !['200', '503', 'no answer'].includes(outcome))).toEqual([])
})

/** The status, or `no answer`, also where the connection came too late to be read. */
function callOnce(url: string): Promise<string> {
  return new Promise((resolve) => {
    const call = request(url, { method: 'POST', agent: false }, (response) => {
      response.resume().on('end', () => resolve(String(response.statusCode)))
    })
    call.on('error', () => resolve('no answer'))
    call.end()
  })
}

test.each([['--roles'], ['--role=boss'], ['--role', 'all', 'more'], ['--role']])(
  'refuses the command line %s %s',
  async (...args) => {
    const process = start(args)
    expect(await process.exit).toBe(2)
    expect(process.stderr.join('\n')).toContain('Usage: node main.js')
  },
)

test('shows its usage when asked', async () => {
  const process = start(['--help'])
  expect(await process.exit).toBe(0)
  expect(process.stdout.join('\n')).toContain('--role')
})

test.each(['gateway', 'jobs', 'scheduler'])('needs Redis for the role %s', async (role) => {
  const process = start(['--role', role])
  expect(await process.exit).toBe(1)
  expect(process.stderr.join('\n')).toContain(`NM7501: The role "${role}" needs Redis`)
})
