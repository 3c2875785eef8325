import { expectTypeOf, test } from 'vitest'

import { type Client, createClient, type WebSocketClass } from '@neemata/client'
import { WebSocket } from 'ws'

import type { Contract } from '../test/contract.ts'
import type { StreamContract } from '../test/stream-host.ts'

const client = createClient<Contract>({ url: 'http://127.0.0.1' })

test('is typed exactly by the contract', () => {
  expectTypeOf(client).toEqualTypeOf<Client<Contract>>()
  expectTypeOf(client).toExtend<Contract>()
  expectTypeOf(client.$close).toEqualTypeOf<() => void>()
  expectTypeOf(client.fixture.read.echo).parameter(0).toEqualTypeOf<{ readonly at: Date }>()
  expectTypeOf(client.fixture.wait()).resolves.toEqualTypeOf<string>()
})

test('takes a signal and a timeout', () => {
  void client.fixture.wait(undefined, { signal: new AbortController().signal, timeout: 5 })
  // @ts-expect-error: a timeout is a number of milliseconds
  void client.fixture.wait(undefined, { timeout: '5s' })
})

test('refuses a wrong input', () => {
  // @ts-expect-error: a date, not a string
  void client.fixture.read.echo({ at: '2020-01-01' })
  // @ts-expect-error: the input is missing
  void client.fixture.read.echo()
  // @ts-expect-error: no such field
  void client.fixture.read.echo({ at: new Date(), extra: 1 })
})

test('refuses an unknown procedure', () => {
  // @ts-expect-error: no such procedure
  void client.fixture.missing()
  // @ts-expect-error: no such app
  void client.nobody
})

test('types streams by their items', async () => {
  const streams = createClient<StreamContract>({ url: '', transport: 'ws' })
  expectTypeOf(streams.app.count).returns.toEqualTypeOf<AsyncIterable<{ n: number; at: Date }>>()
  for await (const item of streams.app.count({ from: 0, to: 1 }, { timeout: 5 })) {
    expectTypeOf(item).toEqualTypeOf<{ n: number; at: Date }>()
  }
  // @ts-expect-error: a stream is iterated, it has no value
  void streams.app.count({ from: 0, to: 1 }).then
  // @ts-expect-error: the input is missing
  void streams.app.count()
})

test('has options for each transport', () => {
  createClient<Contract>({
    url: '',
    transport: 'ws',
    authorization: () => 'Bearer x',
    path: '/socket',
  })
  createClient<Contract>({ url: '', transport: 'http', headers: {} })
  // @ts-expect-error: a socket takes no headers
  createClient<Contract>({ url: '', transport: 'ws', headers: {} })
  // @ts-expect-error: no such transport
  createClient<Contract>({ url: '', transport: 'tcp' })
})

test('takes the sockets of browsers and of ws', () => {
  expectTypeOf<typeof WebSocket>().toExtend<WebSocketClass>()
  createClient<Contract>({ url: '', transport: 'ws', WebSocket })
})

test('refuses unknown options', () => {
  createClient<Contract>({ url: new URL('http://a.test'), headers: async () => ({ a: undefined }) })
  // @ts-expect-error: no such option
  createClient<Contract>({ url: '', retries: 3 })
  // @ts-expect-error: no such format
  createClient<Contract>({ url: '', format: 'xml' })
  // @ts-expect-error: a client needs a URL
  createClient<Contract>({})
})
