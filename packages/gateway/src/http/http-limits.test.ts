import { once } from 'node:events'

import { expect, onTestFinished, test } from 'vitest'

import type { Limits } from '@neemata/gateway'

import type { FixtureHost } from '../../test/fixture-host.ts'
import { type OpenGateway, openGateway } from '../../test/open-gateway.ts'
import {
  exchangeRaw,
  openSocket,
  parseAnswer,
  readAnswer,
  readToEnd,
} from '../../test/raw-client.ts'

const head = 'POST /fixture/echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n'

async function open(limits: Partial<Limits>): Promise<OpenGateway<FixtureHost>> {
  const server = await openGateway({ limits })
  onTestFinished(() => server.gateway.stop({ timeout: 0 }))
  return server
}

test('takes a body of exactly the limit', async () => {
  const server = await open({ bodySize: 10 })
  const text = JSON.stringify('12345678')
  const sized = `${head}Connection: close\r\nContent-Length: 10\r\n\r\n${text}`
  const chunked = `${head}Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n${text.slice(0, 6)}\r\n4\r\n${text.slice(6)}\r\n0\r\n\r\n`
  expect(parseAnswer(await exchangeRaw(server.port, sized))).toMatchObject({
    status: 200,
    body: text,
  })
  expect(parseAnswer(await exchangeRaw(server.port, chunked))).toMatchObject({
    status: 200,
    body: text,
  })
})

test('refuses a larger announced body unread', async () => {
  const server = await open({ bodySize: 10 })
  const answer = await exchangeRaw(server.port, `${head}Content-Length: 11\r\n\r\n`)
  expect(parseAnswer(answer)?.status).toBe(413)
  expect(parseAnswer(answer)?.headers.get('connection')).toBe('close')
  expect(server.host.events).toEqual([])
})

test('stops reading an endless body early', async () => {
  const server = await open({ bodySize: 1_000 })
  const socket = await openSocket(server.port)
  const text = readToEnd(socket)
  const chunk = `fa00\r\n${'x'.repeat(0xfa00)}\r\n`
  socket.write(`${head}Transfer-Encoding: chunked\r\n\r\n`)
  let sent = 0
  const send = (): void => {
    while (!socket.destroyed && socket.writable && socket.write(chunk)) sent += chunk.length
  }
  socket.on('drain', send)
  send()
  expect(parseAnswer(await text)).toMatchObject({ status: 413 })
  // The kernel's buffers hold some megabytes; an unbounded reader would take all there is.
  expect(sent).toBeLessThan(50_000_000)
  expect(server.host.events).toEqual([])
})

test('tells a large sender why, through fetch', async () => {
  const server = await open({ bodySize: 1_000 })
  const response = await fetch(`${server.url}/fixture/echo`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify('x'.repeat(1_500)),
  })
  expect(response.status).toBe(413)
  expect(await response.json()).toMatchObject({ code: 'payload_too_large' })
})

test('asks for no body that it would refuse', async () => {
  const server = await open({ bodySize: 10 })
  const expecting = `${head}Expect: 100-continue\r\n`
  const refused = await exchangeRaw(
    server.port,
    `${expecting}Connection: close\r\nContent-Length: 11\r\n\r\n`,
  )
  expect(refused).toMatch(/^HTTP\/1\.1 413 /)
  // The body was not asked for and may come or not, so the connection can't go on.
  const unwanted = expecting.replace('application/json', 'text/plain')
  const untyped = await exchangeRaw(server.port, `${unwanted}Content-Length: 2\r\n\r\n`)
  expect(parseAnswer(untyped)?.headers.get('connection')).toBe('close')
  const socket = await openSocket(server.port)
  socket.write(`${expecting}Content-Length: 2\r\n\r\n`)
  const [go] = (await once(socket, 'data')) as [Buffer]
  expect(go.toString()).toBe('HTTP/1.1 100 Continue\r\n\r\n')
  const answer = readAnswer(socket)
  socket.write('42')
  expect(await answer).toMatchObject({ status: 200, body: '42' })
  socket.destroy()
})

test('refuses too many bytes of headers', async () => {
  const server = await open({ headerSize: 1_000 })
  const answer = await exchangeRaw(server.port, `${head}X-A: ${'a'.repeat(1_000)}\r\n\r\n`)
  expect(parseAnswer(answer)).toMatchObject({ status: 431 })
})

test('refuses input that is nested too deep', async () => {
  const server = await open({ decodeDepth: 3 })
  const headers = { 'content-type': 'application/json' }
  const post = (body: string): Promise<Response> =>
    fetch(`${server.url}/fixture/echo`, { method: 'POST', headers, body })
  expect((await post('[[[1]]]')).status).toBe(200)
  const refused = await post('[[[[1]]]]')
  expect(refused.status).toBe(400)
  expect(await refused.json()).toMatchObject({
    detail: 'Nested deeper than the limit: at [0][0][0].',
  })
})

test('cuts a client that is slow with headers', async () => {
  const server = await open({ headersTimeout: 100, requestTimeout: 60_000 })
  const socket = await openSocket(server.port)
  const text = readToEnd(socket)
  const drip = setInterval(() => socket.write('X-A: 1\r\n'), 20)
  socket.write('GET /healthz HTTP/1.1\r\nHost: a\r\n')
  const answer = parseAnswer(await text)
  clearInterval(drip)
  expect(answer).toMatchObject({ status: 408 })
  expect(JSON.parse(answer?.body ?? '')).toMatchObject({ code: 'request_timeout' })
})

test('cuts a client that says nothing', async () => {
  const server = await open({ headersTimeout: 100 })
  const socket = await openSocket(server.port)
  expect(parseAnswer(await readToEnd(socket))).toMatchObject({ status: 408 })
})

test('cuts a client that is slow with its body', async () => {
  const server = await open({ headersTimeout: 100, requestTimeout: 200 })
  const socket = await openSocket(server.port)
  const text = readToEnd(socket)
  socket.write(`${head}Content-Length: 1000\r\n\r\n`)
  const drip = setInterval(() => socket.write(' '), 20)
  const answer = parseAnswer(await text)
  clearInterval(drip)
  expect(answer).toMatchObject({ status: 408 })
  expect(server.host.events).toEqual([])
})

test('gives a running call the time it needs', async () => {
  const server = await open({ headersTimeout: 50, requestTimeout: 50, keepAliveTimeout: 50 })
  const socket = await openSocket(server.port)
  const answer = readAnswer(socket)
  socket.write('POST /fixture/wait HTTP/1.1\r\nHost: a\r\n\r\n')
  await server.host.until('call', 1)
  // Another connection is cut for being slow, so all limits have run out for this one too.
  expect(parseAnswer(await readToEnd(await openSocket(server.port)))).toMatchObject({ status: 408 })
  server.host.release()
  expect(await answer).toMatchObject({ status: 200 })
  socket.destroy()
})

test('closes an idle connection', async () => {
  const server = await open({ keepAliveTimeout: 50 })
  const socket = await openSocket(server.port)
  const closed = once(socket, 'close')
  const answer = readAnswer(socket)
  socket.write('GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n')
  expect(await answer).toMatchObject({ status: 200 })
  await closed
})

test('cuts a client that takes nothing of its answer', async () => {
  const server = await open({ requestTimeout: 200, bodySize: 20_000_000, connections: 1 })
  const socket = await openSocket(server.port)
  const body = JSON.stringify('x'.repeat(15_000_000))
  socket.pause()
  socket.write(`${head}Content-Length: ${body.length}\r\n\r\n${body}`)
  await server.host.until('close', 1)
  // The only place is taken until the server gives the client up.
  const probe = 'GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'
  while ((await exchangeRaw(server.port, probe)) === '') expect(socket.destroyed).toBe(false)
  await once(socket.resume(), 'close')
  expect(socket.bytesRead).toBeLessThan(body.length)
})

test('closes connections beyond the limit on arrival', async () => {
  const server = await open({ connections: 2 })
  const sockets = [await openSocket(server.port), await openSocket(server.port)]
  for (const socket of sockets) {
    const answer = readAnswer(socket)
    socket.write('GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n')
    expect((await answer).status).toBe(200)
  }
  const extra = await openSocket(server.port)
  extra.write('GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n')
  expect(await readToEnd(extra)).toBe('')
  for (const socket of sockets) socket.destroy()
})
