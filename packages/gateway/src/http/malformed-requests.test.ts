import { expect, test } from 'vitest'

import { openGateway } from '../../test/open-gateway.ts'
import { exchangeRaw, openSocket, parseAnswer, readToEnd } from '../../test/raw-client.ts'

const host = 'Host: a\r\n'
const call = `POST /fixture/echo HTTP/1.1\r\n${host}Content-Type: application/json\r\n`
const get = `GET /healthz HTTP/1.1\r\n${host}`

/** Bytes that are no proper request, and the status that answers them; 0: closed without an answer. */
const malformed: readonly (readonly [title: string, bytes: string | Uint8Array, status: number])[] =
  [
    ['no HTTP', 'hello\r\n\r\n', 400],
    ['random bytes', Uint8Array.from({ length: 400 }, (_, i) => (i * 97 + 13) % 256), 400],
    ['a TLS hello', Uint8Array.of(22, 3, 1, 0, 200, 1, 0, 0, 196, 3, 3), 400],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
    ['an unknown method', `BREW / HTTP/1.1\r\n${host}\r\n`, 400],
    ['a lower-case method', `post /fixture/echo HTTP/1.1\r\n${host}\r\n`, 400],
    ['an unknown version', `GET /healthz HTTP/9.9\r\n${host}\r\n`, 400],
    ['no version, as HTTP/0.9', `GET /healthz\r\n${host}\r\n`, 200],
    ['a space in the target', `GET /health z HTTP/1.1\r\n${host}\r\n`, 400],
    ['no Host', 'GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
    ['two Hosts', `GET /healthz HTTP/1.1\r\n${host}Host: b\r\nConnection: close\r\n\r\n`, 400],
    ['a header without a colon', `${get}nonsense\r\n\r\n`, 400],
    ['a header with a space before the colon', `${get}X-A : 1\r\n\r\n`, 400],
    ['a NUL in a header', `${get}X-A: a\u0000b\r\n\r\n`, 400],
    ['a bare CR in a header', `${get}X-A: a\rb\r\n\r\n`, 400],
    ['a folded header', `${get}X-A: a\r\n b\r\n\r\n`, 400],
    ['a bad Content-Length', `${call}Content-Length: 1x\r\n\r\n{}`, 400],
    ['a negative Content-Length', `${call}Content-Length: -1\r\n\r\n`, 400],
    ['two Content-Lengths', `${call}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`, 400],
    [
      'Content-Length beside chunks',
      `${call}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
    ],
    ['an unknown Transfer-Encoding', `${call}Transfer-Encoding: gzip\r\n\r\n`, 400],
    ['a chunk without a size', `${call}Transfer-Encoding: chunked\r\n\r\nxx\r\n`, 400],
    [
      'a chunk longer than its size',
      `${call}Transfer-Encoding: chunked\r\n\r\n1\r\n{}\r\n0\r\n\r\n`,
      400,
    ],
    ['a huge chunk size', `${call}Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n`, 400],
    ['headers beyond the limit', `${get}X-A: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
    ['a target beyond the limit', `GET /${'a'.repeat(20_000)} HTTP/1.1\r\n${host}\r\n`, 431],
    ['CONNECT', 'CONNECT other.test:443 HTTP/1.1\r\nHost: other.test:443\r\n\r\n', 405],
    [
      'an unknown expectation',
      `${call}Expect: tea\r\nContent-Length: 2\r\nConnection: close\r\n\r\n`,
      417,
    ],
    [
      'an upgrade that nobody offers',
      `GET /healthz HTTP/1.1\r\n${host}Connection: upgrade, close\r\nUpgrade: h2c\r\n\r\n`,
      200,
    ],
  ]

test.each(malformed)('answers %s and goes on', async (_, bytes, status) => {
  const server = await openGateway({ limits: { keepAliveTimeout: 100 } })
  const answer = parseAnswer(await exchangeRaw(server.port, bytes))
  expect(answer?.status ?? 0).toBe(status)
  if (status >= 400 && status !== 417) {
    expect(answer?.headers.get('content-type')).toBe('application/problem+json')
    expect(answer?.headers.get('connection')).toBe('close')
    expect(JSON.parse(answer?.body ?? '')).toMatchObject({ status })
  }
  expect((await fetch(`${server.url}/fixture/echo`, { method: 'POST' })).status).toBe(204)
  expect(server.logger.lines).toEqual([])
  await server.gateway.stop({ timeout: 1_000 })
})

test('survives requests that stop at any byte', async () => {
  const server = await openGateway()
  const whole = `${call}Content-Length: 7\r\nExpect: 100-continue\r\n\r\n{"a":1}`
  for (let length = 0; length < whole.length; length++) {
    const socket = await openSocket(server.port)
    const end = readToEnd(socket)
    socket.end(whole.slice(0, length))
    await end
  }
  expect(server.host.count('call')).toBe(0)
  expect((await fetch(`${server.url}/fixture/echo`, { method: 'POST' })).status).toBe(204)
  await server.gateway.stop({ timeout: 1_000 })
})

test('writes nothing of a request into headers', async () => {
  const server = await openGateway({ cors: true })
  const bytes =
    'OPTIONS /fixture/echo%0d%0aX-Evil:%201 HTTP/1.1\r\nHost: a\r\nOrigin: a\r\nAccept: text/html\r\nConnection: close\r\n' +
    'Access-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: a,\tb;c\r\n\r\n'
  const answer = parseAnswer(await exchangeRaw(server.port, bytes))
  expect(answer?.status).toBe(204)
  expect(answer?.headers.get('x-evil')).toBe(null)
  expect(answer?.headers.get('access-control-allow-headers')).toBe(null)
  await server.gateway.stop({ timeout: 1_000 })
})

test('finishes a running call before it answers garbage', async () => {
  const server = await openGateway()
  const socket = await openSocket(server.port)
  const text = readToEnd(socket)
  socket.write(`POST /fixture/wait HTTP/1.1\r\n${host}\r\n`)
  await server.host.until('call', 1)
  socket.write('garbage\r\n\r\n')
  server.host.release()
  expect(parseAnswer(await text)).toMatchObject({ status: 200, body: '"released"' })
  await server.gateway.stop({ timeout: 1_000 })
})
