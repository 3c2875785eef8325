import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'

import {
  ApiError,
  type Client,
  ConnectionError,
  type ConnectionState,
  createClient,
  FormatError,
  type WsClientOptions,
} from '@neemata/client'

import {
  type FrameServer,
  type FrameServerOptions,
  startFrameServer,
} from '../../test/frame-server.ts'

interface Contract {
  readonly app: {
    readonly call: (input?: unknown, options?: CallOptions) => Promise<unknown>
    readonly watch: (input?: unknown, options?: CallOptions) => AsyncIterable<unknown>
  }
}
interface CallOptions {
  readonly signal?: AbortSignal
  readonly timeout?: number
}

let server: FrameServer
let clients: { readonly $close: () => void }[] = []
let states: ConnectionState[] = []

beforeEach(async () => {
  server = await startFrameServer()
})

afterEach(async () => {
  for (const client of clients) client.$close()
  clients = []
  states = []
  await server.stop()
})

function connect(options: Partial<WsClientOptions> = {}): Client<Contract> {
  const client = createClient<Contract>({
    url: server.url,
    transport: 'ws',
    WebSocket,
    onStateChange: (state) => states.push(state),
    ...options,
  })
  clients.push(client)
  return client
}

async function restart(options: FrameServerOptions): Promise<void> {
  await server.stop()
  server = await startFrameServer(options)
}

async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail('resolved'),
    (error: unknown) => error,
  )
}

describe('a call', () => {
  test('shares one socket with all others', async () => {
    const { app } = connect()
    const calls = [app.call({ n: 1n }), app.call(), app.call(new Date(3))]
    const socket = await server.socket(1)
    await socket.frame(3)
    expect(socket.frames).toEqual([
      { type: 'call', id: 1, procedure: 'app/call', input: { n: 1n }, credit: 256 },
      { type: 'call', id: 2, procedure: 'app/call', input: undefined, credit: 256 },
      { type: 'call', id: 3, procedure: 'app/call', input: new Date(3), credit: 256 },
    ])
    for (const id of [3, 1, 2]) socket.send({ type: 'result', id, value: new Map([[id, 'x']]) })
    expect(await Promise.all(calls)).toEqual([1, 2, 3].map((id) => new Map([[id, 'x']])))
    expect(server.sockets).toHaveLength(1)
    expect(states).toEqual(['connecting', 'open'])
  })

  test('rejects with the error of the server', async () => {
    const call = rejection(connect().app.call())
    const socket = await server.socket(1)
    await socket.frame(1)
    const error = { code: 'conflict', message: 'Taken.', data: { id: 5n } } as const
    socket.send({ type: 'error', id: 1, error })
    expect(await call).toBeInstanceOf(ApiError)
    expect(await call).toMatchObject(error)
  })

  test('says who the client is first', async () => {
    let asked = 0
    const { app } = connect({ authorization: async () => `Bearer ${++asked}` })
    void app.call().catch(() => undefined)
    const first = await server.socket(1)
    expect(await first.frame(1)).toEqual({ type: 'auth', authorization: 'Bearer 1' })
    await first.frame(2)
    first.socket.terminate()
    const second = await server.socket(2)
    expect(await second.frame(1)).toEqual({ type: 'auth', authorization: 'Bearer 2' })
  })

  test('rejects with what the authorization throws', async () => {
    const failure = new Error('no token')
    const { app } = connect({ authorization: () => Promise.reject(failure) })
    expect(await rejection(app.call())).toBe(failure)
    expect(states).toEqual(['connecting', 'idle'])
  })

  test('refuses at once what can not be sent', async () => {
    expect(await rejection(connect().app.call({ run: () => 1 }))).toBeInstanceOf(FormatError)
    expect(states).toEqual([])
  })

  test('is cancelled by its signal', async () => {
    const controller = new AbortController()
    const call = rejection(connect().app.call(1, { signal: controller.signal }))
    const socket = await server.socket(1)
    await socket.frame(1)
    controller.abort('enough')
    expect(await call).toBe('enough')
    expect(await socket.frame(2)).toEqual({ type: 'cancel', id: 1 })
    // Too late, and nobody's business any more.
    socket.send({ type: 'error', id: 1, error: { code: 'cancelled', message: '' } })
  })

  test('times out and is cancelled', async () => {
    const { app } = connect()
    const opening = app.call()
    const socket = await server.socket(1)
    await socket.frame(1)
    socket.send({ type: 'result', id: 1 })
    await opening
    expect(await rejection(app.call(1, { timeout: 20 }))).toMatchObject({ code: 'timeout' })
    expect(await socket.frame(3)).toEqual({ type: 'cancel', id: 2 })
  })

  test('says that a value can not be iterated', async () => {
    const events = connect().app.call() as unknown as AsyncIterable<unknown>
    const next = rejection(events[Symbol.asyncIterator]().next())
    const socket = await server.socket(1)
    await socket.frame(1)
    socket.send({ type: 'result', id: 1, value: 1 })
    expect(await next).toMatchObject({ name: 'TypeError', message: /await/ })
  })
})

describe('a stream', () => {
  async function begin(app: Contract['app'], options?: CallOptions) {
    const items = app.watch(undefined, options)[Symbol.asyncIterator]()
    const first = items.next()
    const socket = await server.socket(1)
    await socket.frame(1)
    socket.send({ type: 'stream', id: 1 })
    return { items, first, socket }
  }

  test('gives its items in order, then ends', async () => {
    const { items, first, socket } = await begin(connect().app)
    socket.send({ type: 'items', id: 1, items: [1, new Date(2)] })
    socket.send({ type: 'items', id: 1, items: [undefined] })
    socket.send({ type: 'end', id: 1 })
    expect(await first).toEqual({ done: false, value: 1 })
    expect(await items.next()).toEqual({ done: false, value: new Date(2) })
    expect(await items.next()).toEqual({ done: false, value: undefined })
    expect((await items.next()).done).toBe(true)
    expect((await items.next()).done).toBe(true)
    expect(socket.frames).toHaveLength(1)
  })

  test('sends nothing until it is iterated', async () => {
    const { app } = connect()
    const items = app.watch()[Symbol.asyncIterator]()
    await items.return?.()
    const call = app.call()
    const socket = await server.socket(1)
    expect(await socket.frame(1)).toMatchObject({ procedure: 'app/call' })
    socket.send({ type: 'result', id: 1 })
    await call
  })

  test('can be iterated later', async () => {
    const stream = connect().app.watch()
    const socket = await server.socket(1)
    await socket.frame(1)
    socket.send({ type: 'stream', id: 1 })
    socket.send({ type: 'items', id: 1, items: ['kept'] })
    socket.send({ type: 'end', id: 1 })
    const items: unknown[] = []
    for await (const item of stream) items.push(item)
    expect(items).toEqual(['kept'])
    expect(socket.frames).toHaveLength(1)
  })

  test('can not be awaited', async () => {
    const call = rejection(connect().app.watch() as unknown as Promise<unknown>)
    const socket = await server.socket(1)
    await socket.frame(1)
    socket.send({ type: 'stream', id: 1 })
    expect(await call).toMatchObject({ name: 'TypeError', message: /for await/ })
    expect(await socket.frame(2)).toEqual({ type: 'cancel', id: 1 })
  })

  test('grants more when half is read', async () => {
    const { items, first, socket } = await begin(connect().app)
    socket.send({ type: 'items', id: 1, items: Array.from({ length: 256 }, (_, n) => n) })
    await first
    for (let n = 1; n < 127; n++) await items.next()
    // Nothing was granted so far: what comes next is the grant itself, after the 128th item.
    expect(socket.frames).toHaveLength(1)
    expect(await items.next()).toEqual({ done: false, value: 127 })
    expect(await socket.frame(2)).toEqual({ type: 'credit', id: 1, items: 128 })
  })

  test('is cancelled when its loop is left', async () => {
    const { items, first, socket } = await begin(connect().app)
    socket.send({ type: 'items', id: 1, items: [1, 2] })
    await first
    const waiting = items.next().then(() => items.next())
    await items.return?.()
    expect(await socket.frame(2)).toEqual({ type: 'cancel', id: 1 })
    expect((await waiting).done).toBe(true)
  })

  test('fails with the reason of its signal', async () => {
    const controller = new AbortController()
    const { items, first, socket } = await begin(connect().app, { signal: controller.signal })
    socket.send({ type: 'items', id: 1, items: [1] })
    await first
    const next = rejection(items.next())
    controller.abort('enough')
    expect(await next).toBe('enough')
    expect(await socket.frame(2)).toEqual({ type: 'cancel', id: 1 })
  })

  test('fails after its items with the error', async () => {
    const { items, first, socket } = await begin(connect().app)
    socket.send({ type: 'items', id: 1, items: [1, 2] })
    socket.send({ type: 'error', id: 1, error: { code: 'conflict', message: 'No.' } })
    await first
    expect((await items.next()).value).toBe(2)
    expect(await rejection(items.next())).toMatchObject({ code: 'conflict' })
    expect((await items.next()).done).toBe(true)
  })

  test('outlives the timeout once it has begun', async () => {
    const { items, first, socket } = await begin(connect().app, { timeout: 1_000 })
    socket.send({ type: 'items', id: 1, items: [1] })
    await first
    await new Promise((resolve) => setTimeout(resolve, 1_100))
    socket.send({ type: 'items', id: 1, items: [2] })
    expect((await items.next()).value).toBe(2)
  })
})

describe('a lost socket', () => {
  test('fails what runs and comes back', async () => {
    const { app } = connect()
    const lost = [rejection(app.call(1)), rejection(app.watch()[Symbol.asyncIterator]().next())]
    const first = await server.socket(1)
    await first.frame(2)
    // The one that is iterated goes first; a call waits for the end of its turn.
    first.send({ type: 'stream', id: 1 })
    first.socket.terminate()
    for (const error of await Promise.all(lost)) {
      expect(error).toBeInstanceOf(ApiError)
      expect(error).toMatchObject({ code: 'unavailable' })
    }
    const again = app.call(2)
    const second = await server.socket(2)
    expect(await second.frame(1)).toMatchObject({ id: 3, input: 2 })
    second.send({ type: 'result', id: 3, value: 'back' })
    expect(await again).toBe('back')
    expect(states).toEqual(['connecting', 'open', 'waiting', 'connecting', 'open'])
  })

  test('is tried again until the server is there', async () => {
    const { port } = server
    await server.stop()
    const { app } = connect({ url: `http://127.0.0.1:${port}` })
    const call = app.call('patient')
    while (states.filter((state) => state === 'waiting').length < 2) {
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    server = await startFrameServer({ port })
    const socket = await server.socket(1)
    await socket.frame(1)
    socket.send({ type: 'result', id: 1, value: 'there' })
    expect(await call).toBe('there')
    // One attempt at a time: after each failure it waits.
    for (const [index, state] of states.entries()) {
      if (state === 'connecting') expect(['waiting', undefined]).toContain(states[index - 1])
    }
  })

  test('lets those who wait time out', async () => {
    const { port } = server
    await server.stop()
    const { app } = connect({ url: `http://127.0.0.1:${port}` })
    expect(await rejection(app.call(1, { timeout: 50 }))).toMatchObject({
      code: 'timeout',
      cause: { name: 'ConnectionError', message: `ws://127.0.0.1:${port}/ws can't be reached.` },
    })
  })

  test('is noticed when the server falls silent', async () => {
    const { app } = connect({ pingInterval: 30 })
    const call = rejection(app.call())
    const socket = await server.socket(1)
    expect(await socket.frame(2)).toEqual({ type: 'ping' })
    expect(await call).toMatchObject({ code: 'unavailable', message: /silent/ })
    await server.socket(2)
  })

  test('is kept while the server answers', async () => {
    const { app } = connect({ pingInterval: 900 })
    const call = app.call()
    const socket = await server.socket(1)
    for (const count of [2, 3]) {
      expect(await socket.frame(count)).toEqual({ type: 'ping' })
      socket.send({ type: 'pong' })
    }
    socket.send({ type: 'result', id: 1, value: 'still' })
    expect(await call).toBe('still')
  })
})

describe('a server that goes away', () => {
  test('is left for a new socket at once', async () => {
    const { app } = connect()
    const running = app.call('old')
    const first = await server.socket(1)
    await first.frame(1)
    first.send({ type: 'going_away' })
    const second = await server.socket(2)
    const next = app.call('new')
    expect(await second.frame(1)).toMatchObject({ input: 'new' })
    first.send({ type: 'result', id: 1, value: 'finished' })
    expect(await running).toBe('finished')
    first.socket.close(1001)
    second.send({ type: 'result', id: 2, value: 'answered' })
    expect(await next).toBe('answered')
    expect(server.sockets).toHaveLength(2)
    expect(states).toEqual(['connecting', 'open', 'connecting', 'open'])
  })
})

describe('a server that is none of ours', () => {
  test.each(['{"type":', '5', '{"type":"items","id":1,"items":5}', '{"type":"error","id":1}'])(
    'is not asked again after %s',
    async (message) => {
      const call = rejection(connect().app.call())
      const socket = await server.socket(1)
      await socket.frame(1)
      socket.socket.send(message)
      expect(await call).toBeInstanceOf(ConnectionError)
      expect(states).toEqual(['connecting', 'open', 'idle'])
    },
  )

  test('may send frames of a newer protocol', async () => {
    const call = connect().app.call()
    const socket = await server.socket(1)
    await socket.frame(1)
    socket.socket.send('{"type":"news","id":1}')
    socket.send({ type: 'items', id: 9, items: [1] })
    socket.send({ type: 'result', id: 1, value: 'fine' })
    expect(await call).toBe('fine')
  })

  test('is refused without the subprotocol', async () => {
    await restart({ protocol: false })
    expect(await rejection(connect().app.call(1, { timeout: 300 }))).toMatchObject({
      code: 'timeout',
      message: /can't be reached/,
    })
  })

  test('is asked again by the next call', async () => {
    const { app } = connect()
    const call = rejection(app.call())
    const first = await server.socket(1)
    await first.frame(1)
    first.socket.close(4400, 'not like that')
    expect(await call).toMatchObject({ name: 'ConnectionError', message: /not like that/ })
    void app.call().catch(() => undefined)
    await server.socket(2)
  })
})

describe('closing', () => {
  test('ends all and refuses what comes', async () => {
    const client = connect()
    const call = rejection(client.app.call())
    const socket = await server.socket(1)
    await socket.frame(1)
    client.$close()
    expect(await call).toMatchObject({ name: 'ConnectionError', message: /closed/ })
    expect(await rejection(client.app.call())).toBeInstanceOf(ConnectionError)
    expect(states.at(-1)).toBe('closed')
  })
})

test('says what to do where no WebSocket is', () => {
  const { WebSocket: own } = globalThis
  Reflect.deleteProperty(globalThis, 'WebSocket')
  try {
    expect(() => createClient<Contract>({ url: server.url, transport: 'ws' })).toThrow(
      /import \{ WebSocket \} from "ws"/,
    )
  } finally {
    if (own !== undefined) Object.assign(globalThis, { WebSocket: own })
  }
})
