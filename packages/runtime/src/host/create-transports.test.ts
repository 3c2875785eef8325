import { defineProcedure, defineStream } from '@neemata/application'
import { afterEach, expect, test } from 'vitest'
import { z } from 'zod'

import { connectFrames } from '../../../gateway/test/frame-client.ts'
import { createTestConfig, createTestRegistry } from '../../test/create-test-system.ts'
import { createLogger, createRuntime, type Runtime } from '../index.ts'
import { createTransports } from './create-transports.ts'

const ws = { type: 'ws', listen: 'http', path: '/ws' } as const

let runtime: Runtime | undefined

afterEach(() => runtime?.stop({ timeout: 0 }))

async function start(callsPerSession = 100): Promise<string> {
  const echo = defineProcedure({ input: z.any(), handler: (_, input) => input })
  const hang = defineProcedure({ handler: () => new Promise(() => {}) })
  const count = defineStream({
    input: z.number(),
    async *handler(_, to) {
      for (let n = 1; n <= to; n++) yield n
    },
  })
  const config = createTestConfig(['app'], { callsPerSession })
  runtime = createRuntime(
    createTestRegistry({ app: { procedures: { echo, hang, count } } }),
    {
      ...config,
      apps: { app: { transports: ['http', 'ws'] } },
      // The one that shares a port may be named first.
      transports: { ws, ...config.transports },
    },
    { logger: createLogger({ level: 'silent' }) },
  )
  await runtime.start()
  return runtime.gateway.addresses().find(({ transport }) => transport === 'ws')!.url
}

test('serves calls and streams over a configured WebSocket', async () => {
  const client = await connectFrames(await start())
  client.send({ type: 'call', id: 1, procedure: 'app/echo', input: { big: 7n } })
  expect(await client.next()).toEqual({ type: 'result', id: 1, value: { big: 7n } })
  client.send({ type: 'call', id: 2, procedure: 'app/count', input: 3 })
  await client.until('end')
  expect(client.items(2)).toEqual([1, 2, 3])
  client.send({ type: 'call', id: 3, procedure: 'app/count', input: 'many' })
  expect(await client.next()).toMatchObject({ id: 3, error: { code: 'validation_failed' } })
})

test('refuses calls beyond the limit of a session', async () => {
  const client = await connectFrames(await start(2))
  for (const id of [1, 2, 3]) client.send({ type: 'call', id, procedure: 'app/hang' })
  expect(await client.next()).toMatchObject({ id: 3, error: { code: 'too_many_requests' } })
  client.send({ type: 'cancel', id: 1 })
  expect(await client.next()).toMatchObject({ id: 1, error: { code: 'cancelled' } })
})

test('refuses to share the port of nobody', () => {
  const create = () => createTransports({ transports: { ws: { ...ws, listen: 'nobody' } } })
  expect(create).toThrow(/"ws" shares the port of "nobody"/)
})
