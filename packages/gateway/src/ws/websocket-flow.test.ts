import { expect, test } from 'vitest'

import { defaultCredit } from '@neemata/gateway/protocol'

import { connectFrames } from '../../test/frame-client.ts'
import { openSockets } from '../../test/open-sockets.ts'

test('sends no more items than its credit', async () => {
  await using system = await openSockets()
  const client = await connectFrames(system.url)
  client.send({ type: 'call', id: 1, procedure: 'fixture/counting', credit: 3 })
  await client.until('items')
  client.send({ type: 'ping' })
  await client.until('pong')
  expect(client.items(1)).toEqual([0, 1, 2])
  client.send({ type: 'credit', id: 1, items: 2 })
  await client.until('items')
  client.send({ type: 'ping' })
  await client.until('pong')
  expect(client.items(1)).toEqual([0, 1, 2, 3, 4])
  expect(system.host.produced).toBe(5)
})

test('pauses at the default credit', async () => {
  await using system = await openSockets()
  const client = await connectFrames(system.url)
  client.send({ type: 'call', id: 1, procedure: 'fixture/counting' })
  await expect.poll(() => client.items(1).length).toBe(defaultCredit)
  expect(system.host.produced).toBe(defaultCredit)
})

test('packs items that are ready into one frame', async () => {
  await using system = await openSockets()
  const client = await connectFrames(system.url)
  const input = Array.from({ length: 64 }, (_, index) => index)
  client.send({ type: 'call', id: 1, procedure: 'fixture/items', input })
  await client.until('end')
  expect(client.items(1)).toEqual(input)
  expect(client.frames.filter(({ type }) => type === 'items')).toHaveLength(2)
})

test('sends an item that comes alone at once', async () => {
  await using system = await openSockets()
  const client = await connectFrames(system.url)
  client.send({ type: 'call', id: 1, procedure: 'fixture/silent', input: { at: new Date(0) } })
  expect(await client.until('items')).toMatchObject({ id: 1, items: [{ at: new Date(0) }] })
})

test('cancels a stream that waits for an item', async () => {
  await using system = await openSockets()
  const client = await connectFrames(system.url)
  client.send({ type: 'call', id: 1, procedure: 'fixture/silent', input: 1 })
  await client.until('items')
  client.send({ type: 'cancel', id: 1 })
  expect(await client.next()).toMatchObject({ type: 'error', id: 1, error: { code: 'cancelled' } })
})

test('cancels a stream that waits for credit', async () => {
  await using system = await openSockets()
  const client = await connectFrames(system.url)
  client.send({ type: 'call', id: 1, procedure: 'fixture/counting', credit: 1 })
  await client.until('items')
  client.send({ type: 'cancel', id: 1 })
  expect(await client.next()).toMatchObject({ type: 'error', id: 1, error: { code: 'cancelled' } })
  await expect.poll(() => system.host.running).toBe(0)
})

test('cancels a call and frees its id', async () => {
  await using system = await openSockets()
  const client = await connectFrames(system.url)
  client.send({ type: 'call', id: 7, procedure: 'fixture/wait' })
  client.send({ type: 'cancel', id: 7 })
  client.send({ type: 'cancel', id: 99 })
  expect(await client.next()).toMatchObject({ type: 'error', id: 7, error: { code: 'cancelled' } })
  client.send({ type: 'call', id: 7, procedure: 'fixture/echo', input: 'again' })
  expect(await client.next()).toEqual({ type: 'result', id: 7, value: 'again' })
})

test('answers calls of one connection in any order', async () => {
  await using system = await openSockets()
  const client = await connectFrames(system.url)
  client.send({ type: 'call', id: 1, procedure: 'fixture/wait' })
  client.send({ type: 'call', id: 2, procedure: 'fixture/echo', input: 2 })
  expect(await client.next()).toMatchObject({ type: 'result', id: 2 })
  system.host.release()
  expect(await client.next()).toMatchObject({ type: 'result', id: 1, value: 'released' })
})

test('opens one session for all calls to an app', async () => {
  await using system = await openSockets()
  const client = await connectFrames(system.url)
  expect(system.host.count('open')).toBe(0)
  for (const id of [1, 2, 3]) {
    client.send({ type: 'call', id, procedure: 'fixture/echo', input: id })
    await client.next()
  }
  expect(system.host.count('open')).toBe(1)
  expect(system.host.count('close')).toBe(0)
  client.socket.close()
  await system.host.until('close', 1)
})

test('pauses streams while their client takes nothing', async () => {
  await using system = await openSockets({ limits: { queuedBytes: 1_000_000 } })
  const client = await connectFrames(system.url)
  const input = 'x'.repeat(10_000)
  client.send({ type: 'call', id: 1, procedure: 'fixture/counting', input, credit: 65_536 })
  await client.until('items')
  client.socket.pause()
  let produced = 0
  await expect
    .poll(
      () => {
        const before = produced
        produced = system.host.produced
        return produced - before
      },
      { timeout: 10_000 },
    )
    .toBe(0)
  expect(produced).toBeLessThan(10_000)
  client.socket.resume()
  await expect.poll(() => client.items(1).length).toBeGreaterThan(produced)
})

test('closes a client that takes no answers', async () => {
  await using system = await openSockets({ limits: { queuedBytes: 50_000, pingInterval: 60_000 } })
  const client = await connectFrames(system.url)
  client.socket.pause()
  const input = 'x'.repeat(900_000)
  for (let id = 1; id <= 60; id++)
    client.send({ type: 'call', id, procedure: 'fixture/echo', input })
  await system.host.until('close', 1)
  expect(system.host.count('call')).toBeLessThan(60)
  client.socket.terminate()
})
