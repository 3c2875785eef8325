import { createServer } from 'node:net'
import { once } from 'node:events'

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'

import { bundleProcess, type TestProcess } from '../../test/start-process.ts'

let bundle: Awaited<ReturnType<typeof bundleProcess>>
let started: TestProcess | undefined

beforeAll(async () => {
  bundle = await bundleProcess('serve.ts')
})

afterEach(async () => {
  started?.child.kill('SIGKILL')
  await started?.exit
})

afterAll(() => bundle.remove())

function start(env?: Readonly<Record<string, string>>): TestProcess {
  started = bundle.start(env)
  return started
}

async function ready(server: TestProcess): Promise<string> {
  const line = JSON.parse(await server.line('listening on')) as { msg: string }
  return line.msg.replace('listening on ', '')
}

const call = (url: string) => fetch(url, { method: 'POST' })

test('says where it listens and which apps answer', async () => {
  const server = start()
  const url = await ready(server)
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  expect(await (await call(`${url}/app/ping`)).json()).toBe('pong')
  const line = JSON.parse(await server.line('listening')) as Record<string, unknown>
  expect(line).toMatchObject({ apps: ['app', 'other'], level: 'info' })
  expect(line['readyInMs']).toBeGreaterThan(0)
})

test.each(['SIGTERM', 'SIGINT'] as const)('exits 0 after %s', async (signal) => {
  const server = start()
  await ready(server)
  server.child.kill(signal)
  expect(await server.exit).toBe(0)
  expect(server.stdout).toContain('db disposed')
  expect(server.stdout.at(-1)).toContain('"msg":"stopped"')
})

test('lets running calls finish after SIGTERM', async () => {
  const server = start()
  const url = await ready(server)
  const answer = call(`${url}/app/slow`)
  await server.line('slow began')
  server.child.kill('SIGTERM')
  expect(await (await answer).json()).toBe('slow done')
  expect(await server.exit).toBe(0)
})

test('cuts off a handler that hangs', async () => {
  const server = start({ SHUTDOWN: '50' })
  const url = await ready(server)
  const answer = call(`${url}/app/hang`).then(
    (response) => response.status,
    () => 'closed',
  )
  await server.line('hang began')
  server.child.kill('SIGTERM')
  expect(await server.exit).toBe(0)
  expect(await answer).not.toBe(200)
  expect(server.stdout).toContain('db disposed')
})

test.each([
  ['SIGTERM', 143],
  ['SIGINT', 130],
] as const)('exits at once after a second %s', async (signal, code) => {
  const server = start()
  const url = await ready(server)
  const answer = call(`${url}/app/hang`).catch(() => undefined)
  await server.line('hang began')
  server.child.kill(signal)
  await server.line('"msg":"stopping"')
  server.child.kill(signal)
  expect(await server.exit).toBe(code)
  await answer
})

test('exits though the release of a value hangs', async () => {
  const server = start({ DB: 'hangs' })
  await ready(server)
  server.child.kill('SIGTERM')
  expect(await server.exit).toBe(0)
  expect(server.stdout.join('\n')).toContain('dispose takes too long')
})

test.each([
  ['crash', 'a bug of the user', 'uncaughtException'],
  ['reject', 'nobody cares', 'unhandledRejection'],
])('logs a fatal %s, drains and exits 1', async (procedure, message, origin) => {
  const server = start()
  const url = await ready(server)
  const answer = call(`${url}/app/${procedure}`).catch(() => undefined)
  const line = JSON.parse(await server.line('fatal error')) as Record<string, unknown>
  expect(line).toMatchObject({ level: 'fatal', origin, err: { message } })
  expect(await server.exit).toBe(1)
  expect(server.stdout).toContain('db disposed')
  await answer
})

test('explains a wrong environment without a stack', async () => {
  const server = start({ PORT: 'http', SHUTDOWN: 'soon' })
  expect(await server.exit).toBe(1)
  const text = server.stderr.join('\n')
  expect(text).toContain('NM7003: In the environment 2 variables are missing or wrong:')
  expect(text).toContain('PORT holds "http"; expected a port')
  expect(text).toContain('Fix: ')
  expect(text).not.toMatch(/^\s+at /m)
})

test('explains a taken port without a stack', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as { port: number }
  const server = start({ PORT: String(port) })
  expect(await server.exit).toBe(1)
  other.close()
  const text = server.stderr.join('\n')
  expect(text).toContain('NM7401: The start-up failed at transports: ')
  expect(text).toContain(String(port))
  expect(text).not.toMatch(/^\s+at /m)
})

test('shows the stack of the code that failed', async () => {
  const server = start({ DB: 'down' })
  expect(await server.exit).toBe(1)
  const text = server.stderr.join('\n')
  expect(text).toContain('NM7204: "db" of the app "app" could not be created: connection refused')
  expect(text).toMatch(/Cause: Error: connection refused\n\s+at /)
})

test('shows what an unknown failure was', async () => {
  const server = start({ LOAD: 'fails' })
  expect(await server.exit).toBe(1)
  expect(server.stderr.join('\n')).toMatch(
    /could not start[^]*TypeError: the module is broken\n\s+at/,
  )
})
