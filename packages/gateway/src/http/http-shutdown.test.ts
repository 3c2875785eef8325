import { once } from 'node:events'

import { expect, test } from 'vitest'

import { openGateway } from '../../test/open-gateway.ts'
import {
  exchangeRaw,
  openSocket,
  parseAnswer,
  readAnswer,
  readToEnd,
} from '../../test/raw-client.ts'

const echo = 'POST /fixture/echo HTTP/1.1\r\nHost: a\r\n\r\n'
const wait = 'POST /fixture/wait HTTP/1.1\r\nHost: a\r\n\r\n'

test('refuses calls on a connection kept alive', async () => {
  const server = await openGateway()
  const socket = await openSocket(server.port)
  const first = readAnswer(socket)
  socket.write(echo)
  expect((await first).status).toBe(204)
  server.gateway.drain()
  const closed = once(socket, 'close')
  const second = readAnswer(socket)
  socket.write(echo)
  const answer = await second
  expect(answer.status).toBe(503)
  expect(answer.headers.get('retry-after')).toBe('1')
  expect(answer.headers.get('connection')).toBe('close')
  expect(JSON.parse(answer.body)).toMatchObject({ code: 'unavailable' })
  await closed
  await server.gateway.stop({ timeout: 0 })
})

test('answers probes while it drains', async () => {
  const server = await openGateway()
  server.gateway.drain()
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
  const ready = await fetch(`${server.url}/readyz`)
  expect([ready.status, await ready.json()]).toEqual([503, { ready: false }])
  await server.gateway.stop({ timeout: 0 })
})

test('closes a connection after its last answer', async () => {
  const server = await openGateway()
  const socket = await openSocket(server.port)
  const text = readToEnd(socket)
  socket.write(wait)
  await server.host.until('call', 1)
  server.gateway.drain()
  server.host.release()
  const answer = parseAnswer(await text)
  expect(answer).toMatchObject({ status: 200, body: '"released"' })
  expect(answer?.headers.get('connection')).toBe('close')
  await server.gateway.stop({ timeout: 0 })
})

test('does not wait for silent connections', async () => {
  const server = await openGateway()
  const silent = await openSocket(server.port)
  const partial = await openSocket(server.port)
  partial.write('POST /fixture/ec')
  // Some releases of Node reset such a connection where others end it; either way it is gone.
  const closed = [silent, partial].map(async (socket) => {
    socket.on('error', () => {})
    await new Promise((resolve) => socket.resume().once('close', resolve))
  })
  await server.gateway.stop({ timeout: 60_000 })
  await Promise.all(closed)
})

test('sends a large answer to its end', async () => {
  const server = await openGateway({ limits: { bodySize: 20_000_000 } })
  const body = JSON.stringify('x'.repeat(10_000_000))
  const socket = await openSocket(server.port)
  socket.pause()
  socket.write(
    `POST /fixture/echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  )
  await server.host.until('close', 1)
  const stopped = server.gateway.stop({ timeout: 60_000 })
  const text = readToEnd(socket)
  socket.resume()
  const answer = parseAnswer(await text)
  expect(answer?.body.length).toBe(body.length)
  await stopped
})

test('answers all pipelined calls', async () => {
  const server = await openGateway()
  const pipelined = echo.repeat(5) + echo.replace('Host: a', 'Host: a\r\nConnection: close')
  const text = await exchangeRaw(server.port, pipelined)
  expect(text.match(/HTTP\/1\.1 204/g)).toHaveLength(6)
  await server.gateway.stop({ timeout: 0 })
})

test('closes a session once for each disconnect', async () => {
  const server = await openGateway()
  const sockets = await Promise.all(Array.from({ length: 10 }, () => openSocket(server.port)))
  for (const socket of sockets) socket.write(wait)
  await server.host.until('call', 10)
  for (const [index, socket] of sockets.entries()) {
    if (index % 2 === 0) socket.destroy()
    else socket.resetAndDestroy()
  }
  await server.host.until('close', 10)
  await server.gateway.stop({ timeout: 10_000 })
  expect(server.host.count('close')).toBe(10)
  expect(server.logger.lines).toEqual([])
})

test('closes the sessions of pipelined calls', async () => {
  const server = await openGateway()
  const socket = await openSocket(server.port)
  const body = 'Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}'
  socket.write(wait + wait.replace('\r\n\r\n', `\r\n${body}`) + wait)
  await server.host.until('call', 3)
  socket.destroy()
  await server.host.until('close', 3)
  await server.gateway.stop({ timeout: 60_000 })
  expect(server.host.count('close')).toBe(3)
})

test('refuses to pipeline without end', async () => {
  const server = await openGateway()
  const socket = await openSocket(server.port)
  const text = readToEnd(socket)
  socket.write(wait.repeat(65) + echo.replace('Host: a', 'Host: a\r\nConnection: close'))
  await server.host.until('call', 64)
  server.host.release()
  const statuses = (await text).match(/(?<=HTTP\/1\.1 )\d+/g)
  expect(statuses?.filter((status) => status === '200')).toHaveLength(64)
  expect(statuses?.slice(64)).toEqual(['429', '429'])
  await server.gateway.stop({ timeout: 0 })
})

test('loses no call under load', async () => {
  const server = await openGateway()
  let answered = 0
  const statuses = new Set<number>()
  const caller = async (): Promise<void> => {
    for (;;) {
      const response = await fetch(`${server.url}/fixture/nothing`, { method: 'POST' }).catch(
        () => undefined,
      )
      if (response === undefined) return
      statuses.add(response.status)
      if (response.status !== 204) return
      answered++
    }
  }
  const callers = Array.from({ length: 16 }, caller)
  await server.host.until('call', 500)
  await server.gateway.stop({ timeout: 10_000 })
  await Promise.all(callers)
  expect(answered).toBe(server.host.count('call'))
  expect([...statuses].every((status) => status === 204 || status === 503)).toBe(true)
})

test('stops the same way however often asked', async () => {
  const server = await openGateway()
  await Promise.all([server.gateway.stop({ timeout: 0 }), server.gateway.stop({ timeout: 0 })])
  await server.gateway.stop({ timeout: 0 })
  server.gateway.drain()
  expect(server.gateway.addresses()).toEqual([])
})
