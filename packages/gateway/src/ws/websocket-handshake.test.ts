import { expect, test } from 'vitest'
import { WebSocket } from 'ws'

import { jsonSubprotocol } from '@neemata/gateway/protocol'

import { connectFrames, type FrameClient } from '../../test/frame-client.ts'
import { openSockets } from '../../test/open-sockets.ts'
import { openSocket, readAnswer } from '../../test/raw-client.ts'

/** The headers that the application sees. */
async function readHeaders(client: FrameClient): Promise<Record<string, unknown>> {
  client.send({ type: 'call', id: 1, procedure: 'fixture/headers' })
  const frame = await client.until('result')
  return frame.value as Record<string, unknown>
}

function request(lines: Record<string, string | undefined>, target = 'GET /ws'): string {
  const headers = {
    Host: 'localhost',
    Upgrade: 'websocket',
    Connection: 'Upgrade',
    'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Protocol': jsonSubprotocol,
    ...lines,
  }
  const given = Object.entries(headers).filter(([, value]) => value !== undefined)
  return `${target} HTTP/1.1\r\n${given.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`
}

test.each([
  ['another path', request({}, 'GET /other'), 404],
  ['another method', request({}, 'DELETE /ws'), 405],
  ['no key', request({ 'Sec-WebSocket-Key': undefined }), 400],
  ['a malformed key', request({ 'Sec-WebSocket-Key': 'short' }), 400],
  ['an old version', request({ 'Sec-WebSocket-Version': '8' }), 400],
  ['no subprotocol', request({ 'Sec-WebSocket-Protocol': undefined }), 400],
  ['other subprotocols', request({ 'Sec-WebSocket-Protocol': 'graphql-ws, mqtt' }), 400],
  ['a strange origin', request({ Origin: 'https://evil.example' }), 403],
  ['an opaque origin', request({ Origin: 'null' }), 403],
])('refuses %s with a problem', async (_, text, status) => {
  await using system = await openSockets()
  const socket = await openSocket(system.port)
  const answer = readAnswer(socket)
  socket.write(text)
  expect((await answer).status).toBe(status)
  expect(JSON.parse((await answer).body)).toMatchObject({ status })
  expect((await answer).headers.get('content-type')).toBe('application/problem+json')
  expect(system.host.events).toEqual([])
})

test('speaks the subprotocol among several', async () => {
  await using system = await openSockets()
  const socket = new WebSocket(system.url, ['other', jsonSubprotocol])
  await new Promise((resolve) => socket.once('open', resolve))
  expect(socket.protocol).toBe(jsonSubprotocol)
})

test('lets pages of its own origin in', async () => {
  await using system = await openSockets()
  const headers = { cookie: 'session=1' }
  const client = await connectFrames(system.url, { origin: system.httpUrl, headers })
  expect(await readHeaders(client)).toMatchObject({ cookie: 'session=1' })
})

test('takes the credentials of strangers away', async () => {
  await using system = await openSockets({ cors: true })
  const headers = { cookie: 'session=1', authorization: 'Basic x', 'x-kept': 'yes' }
  const client = await connectFrames(system.url, { origin: 'https://any.example', headers })
  const seen = await readHeaders(client)
  expect(seen).toMatchObject({ 'x-kept': 'yes' })
  expect(seen['cookie']).toBe(undefined)
  expect(seen['authorization']).toBe(undefined)
})

test('lets listed origins in, with credentials if so', async () => {
  const origins = ['https://shop.example']
  await using system = await openSockets({ cors: { origins, credentials: true } })
  const headers = { cookie: 'session=1' }
  const client = await connectFrames(system.url, { origin: 'https://shop.example', headers })
  expect(await readHeaders(client)).toMatchObject({ cookie: 'session=1' })
  const stranger = connectFrames(system.url, { origin: 'https://evil.example' })
  await expect(stranger).rejects.toMatchObject({ status: 403 })
})

test('takes an authorization as the first frame', async () => {
  await using system = await openSockets()
  const client = await connectFrames(system.url)
  client.send({ type: 'auth', authorization: 'Bearer abc' })
  expect(await readHeaders(client)).toMatchObject({ authorization: 'Bearer abc' })
  client.send({ type: 'auth', authorization: 'Bearer other' })
  expect((await client.closed).code).toBe(4400)
})

test('takes no second authorization', async () => {
  await using system = await openSockets()
  const client = await connectFrames(system.url)
  client.send({ type: 'auth', authorization: 'Bearer abc' })
  client.send({ type: 'auth', authorization: 'Bearer abc' })
  expect((await client.closed).code).toBe(4400)
})

test('takes no authorization beside a header', async () => {
  await using system = await openSockets()
  const client = await connectFrames(system.url, { headers: { authorization: 'Bearer abc' } })
  client.send({ type: 'auth', authorization: 'Bearer other' })
  expect((await client.closed).code).toBe(4400)
})

test('serves a request that offers another upgrade', async () => {
  await using system = await openSockets()
  const socket = await openSocket(system.port)
  const body = '{"text":"é"}'
  socket.write(
    `POST /fixture/echo HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`,
  )
  const answer = readAnswer(socket)
  socket.write(body)
  expect(await answer).toMatchObject({ status: 200, body })
  const second = readAnswer(socket)
  socket.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n')
  expect((await second).status).toBe(200)
  socket.destroy()
})

test('lists its address with its path', async () => {
  await using system = await openSockets()
  expect(system.gateway.addresses()).toEqual([
    { transport: 'http', url: system.httpUrl },
    { transport: 'ws', url: `ws://127.0.0.1:${system.port}/ws` },
  ])
})
