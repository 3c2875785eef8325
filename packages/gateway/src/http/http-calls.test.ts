import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { taggedJson } from '@neemata/gateway/formats'

import type { FixtureHost } from '../../test/fixture-host.ts'
import { type OpenGateway, openGateway } from '../../test/open-gateway.ts'
import { exchangeRaw, openSocket, parseAnswer, readAnswer } from '../../test/raw-client.ts'
import { valueTable } from '../../test/value-table.ts'

let server: OpenGateway<FixtureHost>

beforeAll(async () => {
  server = await openGateway({ limits: { bodySize: 2_000, decodeDepth: 12 } })
})

afterAll(() => server.gateway.stop({ timeout: 0 }))

const json = { 'content-type': 'application/json' }

function post(
  path: string,
  body?: string,
  headers: Record<string, string> = json,
): Promise<Response> {
  return fetch(server.url + path, { method: 'POST', body: body ?? null, headers })
}

describe('a call', () => {
  test('answers 200 with the value as JSON', async () => {
    const response = await post('/fixture/echo', '{"text":"žluťoučký"}')
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(Number(response.headers.get('content-length'))).toBe(24)
    expect(await response.json()).toEqual({ text: 'žluťoučký' })
  })

  test('answers 204 for an undefined result', async () => {
    const response = await post('/fixture/nothing')
    expect(response.status).toBe(204)
    expect(await response.text()).toBe('')
  })

  test('takes a missing body as an empty input', async () => {
    await post('/fixture/echo', undefined, {})
    expect(server.host.events.findLast(({ type }) => type === 'call')).toMatchObject({
      input: undefined,
    })
    const chunked =
      'POST /fixture/echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n'
    expect(parseAnswer(await exchangeRaw(server.port, chunked))?.status).toBe(204)
  })

  test('writes values for plain JSON as documented', async () => {
    const headers = { 'content-type': taggedJson.contentType, accept: 'application/json' }
    for (const each of valueTable) {
      const response = await post('/fixture/echo', String(taggedJson.encode(each.value)), headers)
      const expected = 'plain' in each ? each.plain : each.value
      expect(await response.json(), each.title).toStrictEqual(expected)
    }
  })

  test('names what a format can not carry', async () => {
    const response = await post('/fixture/unsendable')
    expect(response.status).toBe(500)
    const problem = (await response.json()) as { detail: string; id: string; code: string }
    expect(problem.code).toBe('internal_error')
    expect(problem.detail).toContain('items[0].callback')
    const line = server.logger.lines.at(-1)
    expect(line).toMatchObject({
      level: 'error',
      fields: { id: problem.id, procedure: 'unsendable' },
    })
  })

  test('answers an error as a problem', async () => {
    const data = { issues: [{ path: ['name'], message: 'Required.' }] }
    const response = await post('/fixture/refuse', JSON.stringify(data))
    expect(response.status).toBe(409)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(await response.json()).toEqual({
      type: 'about:blank',
      title: 'Conflict',
      status: 409,
      detail: 'Shipped already.',
      code: 'conflict',
      data,
    })
  })

  test('speaks tagged JSON when asked to', async () => {
    const type = 'application/neemata+json'
    const body = '{"$map":[[1,{"$bigint":"2"}]]}'
    const response = await post('/fixture/echo', body, { 'content-type': type, accept: type })
    expect(response.headers.get('content-type')).toBe(type)
    expect(await response.text()).toBe(body)
    const plain = await post('/fixture/echo', body, { 'content-type': type })
    expect(await plain.json()).toEqual([[1, '2']])
  })
})

describe('a readonly procedure', () => {
  test('answers GET with input in the query', async () => {
    const input = encodeURIComponent('{"q":"a b&c"}')
    const response = await fetch(`${server.url}/fixture/read/echo?other=1&input=${input}`)
    expect(response.headers.get('vary')).toBe('Accept')
    expect(await response.json()).toEqual({ q: 'a b&c' })
  })

  test('answers GET without input', async () => {
    expect((await fetch(`${server.url}/fixture/read/echo`)).status).toBe(204)
  })

  test('answers HEAD with the head alone', async () => {
    const response = await fetch(`${server.url}/fixture/read/echo?input=[1]`, { method: 'HEAD' })
    expect(response.status).toBe(200)
    expect(response.headers.get('content-length')).toBe('3')
    expect(await response.text()).toBe('')
  })

  test.each([
    ['two inputs', '?input=1&input=2'],
    ['an empty input', '?input='],
    ['malformed JSON', '?input={'],
    ['too deep an input', `?input=${'['.repeat(13)}${']'.repeat(13)}`],
  ])('refuses %s', async (_, query) => {
    expect((await fetch(`${server.url}/fixture/read/echo${query}`)).status).toBe(400)
  })

  test('refuses a GET with a body', async () => {
    const text =
      'GET /fixture/read/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}'
    expect(parseAnswer(await exchangeRaw(server.port, text))?.status).toBe(400)
  })
})

describe('a refusal', () => {
  test.each([
    ['/nobody/echo', 404, 'There is no app \\"nobody\\" here.'],
    ['/hidden/echo', 404, 'There is no app \\"hidden\\" here.'],
    ['/fixture/missing', 404, 'has no procedure'],
    ['/fixture/constructor', 404, 'has no procedure'],
    ['/fixture', 404, 'has no procedure'],
    ['/', 404, 'There is no app'],
    ['/fixture/echo/', 404, 'Did you mean /fixture/echo?'],
    ['//fixture/echo', 404, 'Did you mean /fixture/echo?'],
    ['/fixture//echo', 404, 'Did you mean /fixture/echo?'],
    ['/fixture%2Fecho', 404, 'There is no app'],
    ['/fixture/read%2fecho', 404, 'has no procedure'],
    ['/fixture/%65cho', 204, ''],
    ['/fixture/%2565cho', 404, 'has no procedure'],
    ['/fixture/%zz', 400, 'percent-encoding'],
    ['/fixture/%ff', 400, 'percent-encoding'],
    ['/fixture/echo?input=1', 204, ''],
    ['/fixture/echo?', 204, ''],
    ['/FIXTURE/echo', 404, 'There is no app'],
    ['http://other.test/fixture/echo?x', 204, ''],
    ['http://other.test', 404, 'There is no app'],
    ['/fixture/../fixture/echo', 404, 'has no procedure'],
  ])('answers POST %s with %i', async (target, status, detail) => {
    const text = `POST ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`
    const answer = parseAnswer(await exchangeRaw(server.port, text))
    expect(answer?.status).toBe(status)
    expect(answer?.body).toContain(detail)
  })

  test.each([
    ['GET', '/fixture/echo', 'POST, OPTIONS'],
    ['HEAD', '/fixture/echo', 'POST, OPTIONS'],
    ['PUT', '/fixture/echo', 'POST, OPTIONS'],
    ['DELETE', '/fixture/read/echo', 'GET, HEAD, POST, OPTIONS'],
    ['POST', '/healthz', 'GET, HEAD, OPTIONS'],
    ['PROPFIND', '/readyz', 'GET, HEAD, OPTIONS'],
  ])('answers %s %s with 405 and Allow', async (method, path, allow) => {
    const response = await fetch(server.url + path, { method })
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe(allow)
  })

  test.each([
    ['/fixture/echo', 204, 'POST, OPTIONS'],
    ['/fixture/read/echo', 204, 'GET, HEAD, POST, OPTIONS'],
    ['/healthz', 204, 'GET, HEAD, OPTIONS'],
    ['/fixture/missing', 404, null],
  ])('answers OPTIONS %s with %i', async (path, status, allow) => {
    const response = await fetch(server.url + path, { method: 'OPTIONS' })
    expect(response.status).toBe(status)
    expect(response.headers.get('allow')).toBe(allow)
    expect(response.headers.get('access-control-allow-origin')).toBe(null)
  })

  test('answers 406 before it calls', async () => {
    const calls = server.host.count('call')
    const response = await post('/fixture/echo', '1', { ...json, accept: 'text/html' })
    expect(response.status).toBe(406)
    expect(await response.json()).toMatchObject({ code: 'not_acceptable' })
    expect(server.host.count('call')).toBe(calls)
  })

  test.each([
    ['another type', { 'content-type': 'text/plain' }],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['another charset', { 'content-type': 'application/json; charset=latin1' }],
    ['an encoding', { ...json, 'content-encoding': 'gzip' }],
  ])('answers 415 for %s', async (_, headers) => {
    const response = await post('/fixture/echo', '{}', headers)
    expect(response.status).toBe(415)
    expect(response.headers.get('accept-post')).toBe('application/json, application/neemata+json')
    expect(response.headers.get('content-type')).toBe('application/problem+json')
  })

  test('answers 415 for a body without a type', async () => {
    const head = 'POST /fixture/echo HTTP/1.1\r\nHost: a\r\nConnection: close\r\n'
    const sized = `${head}Content-Length: 2\r\n\r\n{}`
    const chunked = `${head}Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`
    expect(parseAnswer(await exchangeRaw(server.port, sized))?.status).toBe(415)
    expect(parseAnswer(await exchangeRaw(server.port, chunked))?.status).toBe(415)
  })

  test('says where JSON is malformed', async () => {
    const response = await post('/fixture/echo', '{\n  "a": nul\n}')
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({
      code: 'bad_request',
      detail: 'Malformed JSON at line 2, column 11: unexpected character U+000A.',
    })
  })

  test('answers 400 for what decoders refuse', async () => {
    for (const body of ['{"__proto__":{"a":1}}', `${'['.repeat(13)}${']'.repeat(13)}`, '\u00ff{']) {
      expect((await post('/fixture/echo', body)).status, body).toBe(400)
    }
    expect(({} as { a?: unknown }).a).toBe(undefined)
    const tagged = { 'content-type': 'application/neemata+json' }
    expect((await post('/fixture/echo', '{"$nope":1}', tagged)).status).toBe(400)
  })

  test('keeps the connection for the next call', async () => {
    const socket = await openSocket(server.port)
    const call = 'POST /fixture/echo HTTP/1.1\r\nHost: a\r\nContent-Type: '
    socket.write(`${call}text/plain\r\nContent-Length: 2\r\n\r\n{}`)
    expect((await readAnswer(socket)).status).toBe(415)
    socket.write(`${call}application/json\r\nContent-Length: 2\r\n\r\n{}`)
    expect((await readAnswer(socket)).status).toBe(200)
    socket.destroy()
  })
})

describe('health', () => {
  test('answers GET and HEAD', async () => {
    const live = await fetch(`${server.url}/healthz`)
    expect([live.status, await live.json()]).toEqual([200, { live: true }])
    expect(live.headers.get('cache-control')).toBe('no-store')
    const ready = await fetch(`${server.url}/readyz?probe=1`)
    expect([ready.status, await ready.json()]).toEqual([200, { ready: true }])
    expect((await fetch(`${server.url}/readyz`, { method: 'HEAD' })).status).toBe(200)
  })

  test('answers 503 when the host is not well', async () => {
    server.host.state = { live: false, ready: false }
    expect((await fetch(`${server.url}/healthz`)).status).toBe(503)
    const ready = await fetch(`${server.url}/readyz`)
    expect([ready.status, await ready.json()]).toEqual([503, { ready: false }])
    server.host.state = { live: true, ready: true }
  })

  test('opens no session', async () => {
    const before = server.host.events.length
    await fetch(`${server.url}/readyz`)
    expect(server.host.events.length).toBe(before)
  })
})

describe('the connection', () => {
  test('is plain data with joined headers', async () => {
    const text =
      'POST /fixture/headers HTTP/1.1\r\nHost: a\r\nX-Twice: 1\r\nx-twice: 2\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n' +
      'Authorization: one\r\nAuthorization: two\r\n__proto__: x\r\nConnection: close\r\n\r\n'
    await exchangeRaw(server.port, text)
    const opened = server.host.events.findLast(({ type }) => type === 'open')
    const { connection } = opened as { connection: { id: string; headers: object } }
    expect(structuredClone(connection)).toEqual(connection)
    expect(connection).toMatchObject({
      transport: 'http',
      protocol: 'http',
      remoteAddress: '127.0.0.1',
      headers: { 'x-twice': '1, 2', 'set-cookie': 'a=1, b=2', authorization: 'one, two' },
    })
  })

  test('has an id of its own per request', async () => {
    await Promise.all([post('/fixture/echo'), post('/fixture/echo')])
    const ids = server.host.events.flatMap((event) =>
      event.type === 'open' ? [event.connection.id] : [],
    )
    expect(new Set(ids).size).toBe(ids.length)
  })
})

test('sees routes of a replaced app at once', async () => {
  const { table } = server.host
  server.host.table = new Map()
  expect((await post('/fixture/echo')).status).toBe(404)
  server.host.table = table
  expect((await post('/fixture/echo')).status).toBe(204)
})
