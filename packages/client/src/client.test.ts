import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inspect } from 'node:util'

import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'

import {
  ApiError,
  type ClientOptions,
  ConnectionError,
  createClient,
  FormatError,
} from '@neemata/client'

import type { FixtureHost } from '../../gateway/test/fixture-host.ts'
import { type OpenGateway, openGateway } from '../../gateway/test/open-gateway.ts'
import { unsendableTable, valueTable } from '../../gateway/test/value-table.ts'
import type { Contract } from '../test/contract.ts'

let server: OpenGateway<FixtureHost>

beforeEach(async () => {
  server = await openGateway()
  return () => server.gateway.stop({ timeout: 0 })
})

function connect(options?: Partial<ClientOptions>): Contract {
  return createClient<Contract>({ url: server.url, ...options })
}

/** What a promise rejects with; fails when it doesn't. */
async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => expect.fail(`resolved with ${inspect(value)}`),
    (error: unknown) => error,
  )
}

/** A server that is no gateway. */
async function listen(listener: RequestListener): Promise<string> {
  const other = createServer(listener)
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void other.close().closeAllConnections())
  return `http://127.0.0.1:${(other.address() as AddressInfo).port}`
}

describe('a call', () => {
  test.each(valueTable)('carries $title there and back', async ({ value }) => {
    expect(await connect().fixture.echo(value)).toStrictEqual(value)
  })

  test.each(valueTable)('carries $title as plain JSON', async (each) => {
    const expected = 'plain' in each ? each.plain : each.value
    expect(await connect({ format: 'json' }).fixture.echo(each.value)).toStrictEqual(expected)
  })

  test('carries undefined both ways', async () => {
    expect(await connect().fixture.nothing()).toBe(undefined)
    expect(server.host.events).toContainEqual({
      type: 'call',
      procedure: 'nothing',
      input: undefined,
    })
  })

  test('reaches nested procedures', async () => {
    const at = new Date(5)
    expect(await connect().fixture.read.echo({ at })).toEqual({ at })
  })

  test.each(['', '/', '//', '/?x=1', '/#top'])('takes a URL that ends in "%s"', async (end) => {
    expect(await connect({ url: server.url + end }).fixture.echo(1)).toBe(1)
    expect(await connect({ url: new URL(server.url + end) }).fixture.echo(1)).toBe(1)
  })

  test('keeps the path of the URL', async () => {
    const url = await listen((request, response) => {
      response.setHeader('content-type', 'application/json').end(JSON.stringify(request.url))
    })
    const { fixture } = connect({ url: `${url}/api/v1/` })
    expect(await fixture.echo(1)).toBe('/api/v1/fixture/echo')
  })

  test('sends headers of an object', async () => {
    const { fixture } = connect({
      headers: { 'x-caller': 'one', accept: 'text/html', 'x-none': undefined },
    })
    const seen = await fixture.headers()
    expect(seen).toMatchObject({
      'x-caller': 'one',
      accept: 'application/neemata+json, text/event-stream',
    })
    expect(seen).not.toHaveProperty('x-none')
  })

  test('asks for headers before each call', async () => {
    let calls = 0
    const { fixture } = connect({ headers: async () => ({ authorization: `token ${++calls}` }) })
    expect(await fixture.headers()).toMatchObject({ authorization: 'token 1' })
    expect(await fixture.headers()).toMatchObject({ authorization: 'token 2' })
  })

  test('rejects with what the headers function throws', async () => {
    const failure = new Error('no token')
    const { fixture } = connect({ headers: () => Promise.reject(failure) })
    expect(await rejection(fixture.headers())).toBe(failure)
  })

  test('uses the fetch that it is given', async () => {
    const urls: unknown[] = []
    const { fixture } = connect({
      fetch(input, init) {
        urls.push(input)
        return fetch(input, init)
      },
    })
    await fixture.echo(1)
    expect(urls).toEqual([`${server.url}/fixture/echo`])
  })
})

describe('an error', () => {
  test('arrives with code, message, data and status', async () => {
    const data = { issues: [{ path: ['at'], message: 'Required.' }], at: new Date(1) }
    const error = await rejection(connect().fixture.refuse(data))
    expect(error).toBeInstanceOf(ApiError)
    expect(Reflect.get(error as ApiError, Symbol.for('neemata.ApiError'))).toBe(true)
    expect(error).toMatchObject({
      code: 'conflict',
      message: 'Shipped already.',
      status: 409,
      id: undefined,
    })
    expect((error as ApiError).data).toStrictEqual(data)
  })

  test('arrives with the id of a failure', async () => {
    const error = await rejection(connect().fixture.crash())
    expect(error).toMatchObject({ code: 'internal_error', status: 500, id: expect.any(String) })
  })

  test('is recognised whichever copy made it', () => {
    class Mine extends ApiError {}
    const foreign = Object.assign(new Error('x'), { [Symbol.for('neemata.ApiError')]: true })
    expect(foreign).toBeInstanceOf(ApiError)
    expect(foreign).not.toBeInstanceOf(Mine)
    expect(new Mine({ code: 'conflict', message: 'x' })).toBeInstanceOf(ApiError)
    expect(new Error('x')).not.toBeInstanceOf(ApiError)
  })

  test('says that an app is unknown here', async () => {
    const error = await rejection(connect().hidden.echo(1))
    expect(error).toMatchObject({ code: 'not_found', status: 404 })
  })

  test('names an input that can not be sent', async () => {
    for (const { value, at, title } of unsendableTable) {
      const error = await rejection(connect().fixture.echo(value))
      expect(error, title).toBeInstanceOf(FormatError)
      expect((error as Error).message, title).toContain(`at ${at}.`)
    }
    expect(server.host.events).toEqual([])
  })

  test('tells that nobody listens', async () => {
    const { url } = server
    await server.gateway.stop({ timeout: 0 })
    const error = await rejection(connect({ url }).fixture.echo(1))
    expect(error).toBeInstanceOf(ConnectionError)
    expect(error).toMatchObject({ status: undefined, cause: expect.any(Error) })
    expect((error as Error).message).toContain(url)
  })

  test.each([
    [502, 'text/html', '<h1>Bad Gateway</h1>'],
    [500, 'application/json', '{"error":"x"}'],
    [400, 'application/problem+json', '{"title":"x"}'],
    [400, 'application/problem+json', '{"code":"toString","detail":"x"}'],
    [400, 'application/problem+json', 'not json'],
    [200, 'text/html', '<h1>Log in</h1>'],
    [200, 'application/json', '{"cut":'],
    [200, 'application/neemata+json', '{"$nope":1}'],
    [304, '', ''],
  ])('tells a %i of %s from an answer', async (status, contentType, body) => {
    const url = await listen((_, response) =>
      response.writeHead(status, { 'content-type': contentType }).end(body),
    )
    const error = await rejection(connect({ url }).fixture.echo(1))
    expect(error).toBeInstanceOf(ConnectionError)
    expect(error).toMatchObject({ status })
  })

  test('tells that an answer broke off', async () => {
    const url = await listen((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 })
      response.write('{', () => response.destroy())
    })
    const error = await rejection(connect({ url }).fixture.echo(1))
    expect(error).toMatchObject({ name: 'ConnectionError', status: 200, cause: expect.any(Error) })
  })
})

describe('a call that ends early', () => {
  test('rejects with the reason and cancels the call', async () => {
    const controller = new AbortController()
    const call = rejection(connect().fixture.wait(undefined, { signal: controller.signal }))
    await server.host.until('call', 1)
    const reason = { why: 'changed my mind' }
    controller.abort(reason)
    expect(await call).toBe(reason)
    await server.host.until('close', 1)
  })

  test('sends nothing when it was aborted before', async () => {
    const signal = AbortSignal.abort(new Error('early'))
    expect(await rejection(connect().fixture.echo(1, { signal }))).toBe(signal.reason)
    expect(server.host.events).toEqual([])
  })

  test('times out with the option of the client', async () => {
    const error = await rejection(connect({ timeout: 50 }).fixture.wait())
    expect(error).toBeInstanceOf(ApiError)
    expect(error).toMatchObject({ code: 'timeout', status: undefined })
    await server.host.until('close', 1)
  })

  test('times out with the option of the call', async () => {
    const error = await rejection(connect({ timeout: 0 }).fixture.wait(undefined, { timeout: 50 }))
    expect(error).toMatchObject({ code: 'timeout' })
  })

  test('times out while it waits for headers', async () => {
    const { fixture } = connect({ timeout: 50, headers: () => new Promise(() => undefined) })
    expect(await rejection(fixture.echo(1))).toMatchObject({ code: 'timeout' })
  })

  test('times out while the answer trickles', async () => {
    const url = await listen((_, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).write('['),
    )
    expect(await rejection(connect({ url, timeout: 100 }).fixture.echo(1))).toMatchObject({
      code: 'timeout',
    })
  })

  test('waits without end when told to', async () => {
    for (const timeout of [0, Infinity]) {
      expect(await connect({ timeout }).fixture.echo(timeout)).toBe(timeout)
    }
  })
})

describe('the client object', () => {
  test('is no thenable', async () => {
    const client = connect()
    expect(await client).toBe(client)
    expect(await client.fixture).toBe(client.fixture)
  })

  test('survives being looked at', () => {
    const client = connect()
    // Newer releases of Node write that it is a proxy.
    expect(inspect(client)).toContain('[Function: client]')
    expect(inspect(client.fixture.read.echo)).toContain('[Function: client/fixture/read/echo]')
    expect(JSON.stringify({ client })).toBe('{}')
    expect(String(client.fixture)).toBe('[client/fixture]')
    expect(`${String(client)}`).toBe('[client]')
    expect(Object.keys(client)).toEqual([])
    expect(Reflect.get(client, Symbol.iterator)).toBe(undefined)
    expect(Reflect.get(client, '__proto__')).toBe(undefined)
    expect(server.host.events).toEqual([])
  })

  test('keeps its functions identical', () => {
    const client = connect()
    expect(client.fixture.echo).toBe(client.fixture.echo)
    const { echo } = client.fixture
    return expect(echo(1)).resolves.toBe(1)
  })

  test('can not be changed', () => {
    const client = connect() as { fixture: unknown }
    expect(() => (client.fixture = 1)).toThrow(TypeError)
  })

  test('is not a procedure itself', async () => {
    const client = connect() as unknown as () => Promise<unknown>
    expect(await rejection(client())).toBeInstanceOf(TypeError)
  })
})
