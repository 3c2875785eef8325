import { expect, test } from 'vitest'

import { createGateway, createHttpTransport, GatewayError, type Transport } from '@neemata/gateway'

import { FixtureHost } from '../test/fixture-host.ts'
import { openGateway, testLimits } from '../test/open-gateway.ts'
import { RecordingLogger } from '../test/recording-logger.ts'

const anywhere = { host: '127.0.0.1', port: 0, cors: false } as const

function create(transports: readonly Transport[], logger = new RecordingLogger()) {
  return createGateway({ host: new FixtureHost(), transports, limits: testLimits, logger })
}

test('lists where it can be reached', async () => {
  const gateway = create([
    createHttpTransport('one', anywhere),
    createHttpTransport('two', anywhere),
  ])
  expect(gateway.addresses()).toEqual([])
  await gateway.start()
  expect(gateway.addresses().map(({ transport }) => transport)).toEqual(['one', 'two'])
  for (const { url } of gateway.addresses())
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
  await gateway.stop({ timeout: 0 })
})

test('names a wildcard address so that it opens', async () => {
  const gateway = create([createHttpTransport('http', { ...anywhere, host: '0.0.0.0' })])
  await gateway.start()
  expect(gateway.addresses()[0]?.url).toMatch(/^http:\/\/localhost:\d+$/)
  await gateway.stop({ timeout: 0 })
})

test('says which option moves a taken port', async () => {
  const taken = await openGateway()
  const gateway = create([createHttpTransport('api', { ...anywhere, port: taken.port })])
  const error = await gateway.start().catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(GatewayError)
  expect(error).toMatchObject({ code: 'address_in_use', cause: { code: 'EADDRINUSE' } })
  const { message } = error as GatewayError
  expect(message).toContain(`127.0.0.1:${taken.port}`)
  expect(message).toContain('transports.api.port')
  expect(message).toContain('environment variable')
  await taken.gateway.stop({ timeout: 0 })
})

test.each([
  ['no.such.host.invalid', 0, 'bad_host'],
  ['192.0.2.1', 0, 'bad_host'],
  ['127.0.0.1', 70_000, 'listen_failed'],
])('refuses to listen on %s:%i with %s', async (host, port, code) => {
  const gateway = create([createHttpTransport('http', { ...anywhere, host, port })])
  await expect(gateway.start()).rejects.toMatchObject({ name: 'GatewayError', code })
  await gateway.stop({ timeout: 0 })
})

test('stops what had started when one fails', async () => {
  const taken = await openGateway()
  const first = createHttpTransport('first', anywhere)
  const gateway = create([first, createHttpTransport('second', { ...anywhere, port: taken.port })])
  await expect(gateway.start()).rejects.toThrow('second')
  expect(first.address()).toBe(undefined)
  expect(gateway.addresses()).toEqual([])
  await taken.gateway.stop({ timeout: 0 })
})

test('starts once', async () => {
  const gateway = create([createHttpTransport('http', anywhere)])
  await gateway.start()
  await expect(gateway.start()).rejects.toMatchObject({ code: 'already_started' })
  await gateway.stop({ timeout: 0 })
  await expect(gateway.start()).rejects.toMatchObject({ code: 'already_started' })
})

test('stops in reverse and survives a bad transport', async () => {
  const stopped: string[] = []
  const logger = new RecordingLogger()
  const transports = ['a', 'b', 'c'].map((name) => createRecorder(name, stopped))
  const gateway = create(transports, logger)
  await gateway.start()
  await gateway.stop({ timeout: 50 })
  expect(stopped).toEqual(['c', 'b', 'a'])
  expect(logger.lines).toMatchObject([{ level: 'error', fields: { transport: 'b' } }])
})

test('stops after a start that is under way', async () => {
  const gateway = create([createHttpTransport('http', anywhere)])
  const started = gateway.start()
  await gateway.stop({ timeout: 0 })
  await started
  expect(gateway.addresses()).toEqual([])
})

test('stops without ever having started', async () => {
  await create([createHttpTransport('http', anywhere)]).stop({ timeout: 1_000 })
})

/** A transport that only keeps a record; `b` fails to stop. */
function createRecorder(name: string, stopped: string[]): Transport {
  return {
    name,
    start: () => Promise.resolve(),
    drain: () => undefined,
    stop() {
      stopped.push(name)
      return name === 'b' ? Promise.reject(new Error('stuck')) : Promise.resolve()
    },
    address: () => undefined,
  }
}
