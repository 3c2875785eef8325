import fc from 'fast-check'
import { expect, test } from 'vitest'

import { closeCode } from '@neemata/gateway/protocol'

import { connectFrames } from '../../test/frame-client.ts'
import { openSockets } from '../../test/open-sockets.ts'

test.each([
  ['nothing', ''],
  ['no JSON', '{"type":'],
  ['null', 'null'],
  ['a list', '["call",1]'],
  ['a number', '7'],
  ['a tag', '{"$map":[]}'],
  ['an unknown tag', '{"type":"call","id":1,"procedure":"fixture/echo","input":{"$what":1}}'],
  ['no type', '{}'],
  ['a type of the server', '{"type":"result","id":1}'],
  ['an unknown type', '{"type":"subscribe","id":1}'],
  ['a type of a prototype', '{"type":"constructor"}'],
  ['a call without id', '{"type":"call","procedure":"fixture/echo"}'],
  ['id 0', '{"type":"call","id":0,"procedure":"fixture/echo"}'],
  ['a negative id', '{"type":"call","id":-1,"procedure":"fixture/echo"}'],
  ['a fractional id', '{"type":"call","id":1.5,"procedure":"fixture/echo"}'],
  ['a huge id', '{"type":"call","id":1e300,"procedure":"fixture/echo"}'],
  ['an id of text', '{"type":"call","id":"1","procedure":"fixture/echo"}'],
  ['a bigint as id', '{"type":"call","id":{"$bigint":"1"},"procedure":"fixture/echo"}'],
  ['a call of nothing', '{"type":"call","id":1}'],
  ['a call of a number', '{"type":"call","id":1,"procedure":5}'],
  ['no credit at all', '{"type":"call","id":1,"procedure":"fixture/items","credit":0}'],
  ['endless credit', '{"type":"credit","id":1,"items":1e9}'],
  ['negative credit', '{"type":"credit","id":1,"items":-5}'],
  ['credit for nothing', '{"type":"credit","items":5}'],
  ['cancel of nothing', '{"type":"cancel"}'],
  ['auth of nothing', '{"type":"auth"}'],
  ['the key __proto__', '{"type":"ping","__proto__":{}}'],
  [
    'deep nesting',
    `{"type":"call","id":1,"procedure":"fixture/echo","input":${'['.repeat(80)}1${']'.repeat(80)}}`,
  ],
])('closes on %s and serves on', async (_, text) => {
  await using system = await openSockets()
  const client = await connectFrames(system.url)
  client.socket.send(text)
  const { code, reason } = await client.closed
  expect(code).toBe(closeCode.protocol_error)
  expect(reason.length).toBeGreaterThan(5)
  const next = await connectFrames(system.url)
  next.send({ type: 'ping' })
  expect(await next.next()).toEqual({ type: 'pong' })
  expect(system.logger.lines).toEqual([])
})

test('closes on a binary message', async () => {
  await using system = await openSockets()
  const client = await connectFrames(system.url)
  client.socket.send(Buffer.from('{"type":"ping"}'))
  expect((await client.closed).code).toBe(closeCode.unsupported_data)
})

test('closes on a message beyond the limit', async () => {
  await using system = await openSockets({ limits: { frameSize: 1_000 } })
  const client = await connectFrames(system.url)
  const input = 'x'.repeat(2_000)
  client.send({ type: 'call', id: 1, procedure: 'fixture/echo', input })
  expect((await client.closed).code).toBe(closeCode.frame_too_large)
  expect(system.host.count('call')).toBe(0)
})

test('closes on bytes that are no frame at all', async () => {
  await using system = await openSockets()
  const client = await connectFrames(system.url)
  const raw = (client.socket as unknown as { _socket: { write(bytes: Buffer): void } })._socket
  raw.write(Buffer.from([0xff, 0xff, 0x00, 0x13, 0x37]))
  await client.closed
  await expect(connectFrames(system.url)).resolves.toBeDefined()
})

test('closes on an id that is taken', async () => {
  await using system = await openSockets()
  const client = await connectFrames(system.url)
  client.send({ type: 'call', id: 1, procedure: 'fixture/wait' })
  client.send({ type: 'call', id: 1, procedure: 'fixture/wait' })
  expect(await client.closed).toMatchObject({ code: closeCode.protocol_error })
  await system.host.until('close', 1)
})

test('ignores fields that it does not know', async () => {
  await using system = await openSockets()
  const client = await connectFrames(system.url)
  client.socket.send(
    '{"type":"call","id":1,"procedure":"fixture/echo","input":5,"priority":"high"}',
  )
  expect(await client.next()).toEqual({ type: 'result', id: 1, value: 5 })
})

test('survives whatever clients send', async () => {
  await using system = await openSockets()
  const field = fc.oneof(
    fc.constantFrom('call', 'credit', 'cancel', 'auth', 'ping', 'fixture/echo', 'fixture/items'),
    fc.integer({ min: -2, max: 5 }),
    fc.jsonValue(),
  )
  const frame = fc.record(
    {
      type: field,
      id: field,
      procedure: field,
      items: field,
      credit: field,
      input: fc.jsonValue(),
    },
    { requiredKeys: ['type'] },
  )
  const message = fc.oneof(
    fc.string(),
    fc.json(),
    frame.map((value) => JSON.stringify(value)),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(message, { maxLength: 5 }), async (messages) => {
      const client = await connectFrames(system.url)
      for (const text of messages) client.socket.send(text)
      client.socket.close()
      const { code } = await client.closed
      expect([1005, closeCode.protocol_error]).toContain(code)
    }),
    { numRuns: 150 },
  )
  const client = await connectFrames(system.url)
  client.send({ type: 'call', id: 1, procedure: 'fixture/echo', input: 'alive' })
  expect(await client.next()).toMatchObject({ value: 'alive' })
  expect(system.logger.lines.filter(({ level }) => level === 'error')).toEqual([])
})
