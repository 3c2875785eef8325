import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'

import { ApiError, type Client, createClient } from '@neemata/client'
import {
  createGateway,
  createHttpTransport,
  createWebSocketTransport,
  type Gateway,
} from '@neemata/gateway'

import { testLimits } from '../../gateway/test/open-gateway.ts'
import { RecordingLogger } from '../../gateway/test/recording-logger.ts'
import { valueTable } from '../../gateway/test/value-table.ts'
import { type StreamContract, StreamHost } from '../test/stream-host.ts'

let host: StreamHost
let gateway: Gateway
let url: string
let clients: Client<StreamContract>[] = []

async function start(port = 0): Promise<void> {
  host = new StreamHost()
  const http = createHttpTransport('http', { host: '127.0.0.1', port, cors: false })
  const ws = createWebSocketTransport('ws', { path: '/ws', listen: http })
  const logger = new RecordingLogger()
  gateway = createGateway({ host, transports: [http, ws], limits: testLimits, logger })
  await gateway.start()
  url = gateway.addresses()[0]?.url ?? ''
}

beforeEach(() => start())

afterEach(async () => {
  for (const client of clients) client.$close()
  clients = []
  await gateway.stop({ timeout: 0 })
})

describe.each(['http', 'ws'] as const)('over %s', (transport) => {
  function connect(): Client<StreamContract> {
    const client = createClient<StreamContract>(
      transport === 'ws'
        ? { url, transport, WebSocket, authorization: 'Bearer x' }
        : { url, headers: { authorization: 'Bearer x' } },
    )
    clients.push(client)
    return client
  }

  test.each(valueTable)('carries $title there and back', async ({ value }) => {
    expect(await connect().app.echo(value)).toStrictEqual(value)
  })

  test('says who the client is', async () => {
    expect(await connect().app.authorization()).toBe('Bearer x')
  })

  test('reads a stream to its end', async () => {
    const items: unknown[] = []
    for await (const item of connect().app.count({ from: 0, to: 1_000 })) items.push(item)
    expect(items).toHaveLength(1_000)
    expect(items.at(-1)).toEqual({ n: 999, at: new Date(999) })
    expect(host.left).toBe(0)
  })

  test('ends the stream when the loop is left', async () => {
    for await (const { n } of connect().app.count({ from: 0, to: Infinity })) if (n === 10) break
    await host.untilLeft(1)
  })

  test('ends the stream when the signal aborts', async () => {
    const controller = new AbortController()
    const read = async () => {
      const { signal } = controller
      for await (const { n } of connect().app.count({ from: 0, to: Infinity }, { signal })) {
        if (n === 10) controller.abort('enough')
      }
    }
    await expect(read()).rejects.toBe('enough')
    await host.untilLeft(1)
  })

  test('holds the stream while nobody reads', async () => {
    const items = connect().app.count({ from: 0, to: 10_000_000 })[Symbol.asyncIterator]()
    await items.next()
    let before = -1
    while (before !== host.pulled) {
      before = host.pulled
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    expect(host.pulled).toBeLessThan(1_000_000)
    for (let n = 1; n < 300; n++) expect((await items.next()).value).toMatchObject({ n })
    await items.return?.()
    await host.untilLeft(1)
  })

  test('fails after its items as the stream does', async () => {
    const items: number[] = []
    const read = async () => {
      const range = { from: 0, to: 3, failure: 'shut' }
      for await (const { n } of connect().app.count(range)) items.push(n)
    }
    const failure = await read().catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(ApiError)
    expect(failure).toMatchObject({ code: 'conflict', message: 'shut', data: { to: 5n } })
    expect(items).toEqual([0, 1, 2])
  })

  test('says that a stream can not be awaited', async () => {
    const answer = connect().app.count({ from: 0, to: Infinity }) as unknown as Promise<unknown>
    await expect(answer).rejects.toThrow(/for await/)
    await host.untilLeft(1)
  })

  test('fails streams that a closed client reads', async () => {
    const client = connect()
    const items = client.app.count({ from: 0, to: Infinity })[Symbol.asyncIterator]()
    await items.next()
    client.$close()
    const drain = async () => {
      while (!(await items.next()).done);
    }
    await expect(drain()).rejects.toMatchObject({ name: 'ConnectionError' })
    await host.untilLeft(1)
  })

  test('reaches a server that was started anew', async () => {
    const client = connect()
    expect(await client.app.echo(1)).toBe(1)
    const { port } = new URL(url)
    await gateway.stop({ timeout: 0 })
    await start(Number(port))
    const again = async (): Promise<unknown> => client.app.echo(2).catch(again)
    expect(await again()).toBe(2)
  })
})
