import { expect, test } from 'vitest'

import { closeCode } from '@neemata/gateway/protocol'

import { connectFrames } from '../../test/frame-client.ts'
import { openSockets } from '../../test/open-sockets.ts'

test('says that it goes and closes idle sockets', async () => {
  await using system = await openSockets()
  const client = await connectFrames(system.url)
  system.gateway.drain()
  expect(await client.next()).toEqual({ type: 'going_away' })
  expect((await client.closed).code).toBe(closeCode.going_away)
})

test('finishes running calls and refuses new ones', async () => {
  await using system = await openSockets()
  const client = await connectFrames(system.url)
  client.send({ type: 'call', id: 1, procedure: 'fixture/wait' })
  await system.host.until('call', 1)
  const stopped = system.gateway.stop({ timeout: 10_000 })
  expect(await client.next()).toEqual({ type: 'going_away' })
  client.send({ type: 'call', id: 2, procedure: 'fixture/echo' })
  expect(await client.next()).toMatchObject({ id: 2, error: { code: 'unavailable' } })
  await expect(connectFrames(system.url)).rejects.toMatchObject({ status: 503 })
  system.host.release()
  expect(await client.next()).toMatchObject({ type: 'result', id: 1, value: 'released' })
  expect((await client.closed).code).toBe(closeCode.going_away)
  await stopped
  expect(system.host.count('close')).toBe(1)
})

test('cuts what outlasts the timeout with a code', async () => {
  await using system = await openSockets()
  const client = await connectFrames(system.url)
  client.send({ type: 'call', id: 1, procedure: 'fixture/wait' })
  await system.host.until('call', 1)
  await system.gateway.stop({ timeout: 20 })
  expect((await client.closed).code).toBe(closeCode.going_away)
  expect(system.host.count('close')).toBe(1)
})

test('closes a client that leaves pings unanswered', async () => {
  await using system = await openSockets({ limits: { pingInterval: 40 } })
  const lively = await connectFrames(system.url)
  const dead = await connectFrames(system.url, { autoPong: false })
  dead.send({ type: 'call', id: 1, procedure: 'fixture/wait' })
  expect((await dead.closed).code).toBe(closeCode.ping_timeout)
  await system.host.until('close', 1)
  lively.send({ type: 'call', id: 1, procedure: 'fixture/echo', input: 'here' })
  expect(await lively.next()).toMatchObject({ value: 'here' })
})

test('cancels all calls of a socket that breaks', async () => {
  await using system = await openSockets()
  const client = await connectFrames(system.url)
  for (const id of [1, 2]) client.send({ type: 'call', id, procedure: 'fixture/wait' })
  client.send({ type: 'call', id: 3, procedure: 'fixture/counting', credit: 1 })
  await client.until('items')
  client.socket.terminate()
  await system.host.until('close', 1)
  await expect.poll(() => system.host.running).toBe(0)
  expect(system.host.count('close')).toBe(1)
})
