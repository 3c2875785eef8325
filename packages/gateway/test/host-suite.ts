import { expect } from 'vitest'

import type { CallOutcome, Connection, GatewayHost, Session } from '@neemata/gateway'

import { unsendableTable, valueTable } from './value-table.ts'

/**
 * What a gateway may expect of any host, in this thread or in another: by title, a check of a fresh host.
 * Its app `fixture` must answer as the fixture host's does: `echo` and `read/echo` with the input;
 * `nothing` with `undefined`; `refuse` with `conflict`, the message `Shipped already.` and the input as
 * data; `crash` with `internal_error`; `headers` with the connection's headers; `wait` not before its
 * call is ended. Its streams: `items` yields the items of its input, `failing` too and then throws as
 * `refuse` does; `silent` yields its input and then nothing; `counting` yields 0, 1, 2 … for ever, and
 * `counting/state` says how many of them are `running` and how many items were `produced`.
 *
 * @example
 * test.each(Object.entries(hostBehaviours))('%s', (_, check) => withHost(check))
 */
export const hostBehaviours: Readonly<Record<string, (host: GatewayHost) => Promise<void>>> = {
  async 'lists its routes under one stable table'(host) {
    expect(host.routes()).toBe(host.routes())
    expect(host.routes().get('fixture')?.procedures.get('read/echo')?.readonly).toBe(true)
    expect(host.routes().get('fixture')?.procedures.get('echo')?.readonly).toBe(false)
  },

  async 'reports that it lives and is ready'(host) {
    expect(host.health()).toEqual({ live: true, ready: true })
  },

  async 'carries every value of the table'(host) {
    for (const { title, value } of valueTable) {
      const outcome = await call(host, 'echo', value)
      expect({ title, outcome }).toStrictEqual({ title, outcome: { type: 'value', value } })
    }
  },

  async 'answers undefined as a value'(host) {
    expect(await call(host, 'nothing', undefined)).toEqual({ type: 'value', value: undefined })
  },

  async 'answers an error as plain data'(host) {
    expect(await call(host, 'refuse', { order: 7n })).toMatchObject({
      type: 'error',
      error: { code: 'conflict', message: 'Shipped already.', data: { order: 7n } },
    })
  },

  async 'hides what was thrown behind an id'(host) {
    const outcome = await call(host, 'crash', undefined)
    expect(outcome).toMatchObject({ type: 'error', error: { code: 'internal_error' } })
    expect(outcome.type === 'error' && outcome.error.id).toBeTypeOf('string')
  },

  async 'shows the headers of the connection'(host) {
    const outcome = await call(host, 'headers', undefined)
    expect(outcome).toMatchObject({ type: 'value', value: { 'x-caller': 'suite' } })
  },

  async 'cancels a call when its session closes'(host) {
    const session = host.open(connection, 'fixture')
    const outcome = host.call(session, { id: 1, procedure: 'wait', input: undefined })
    host.close(session)
    expect(await outcome).toMatchObject({ type: 'error', error: { code: 'cancelled' } })
  },

  async 'cancels one call by its id'(host) {
    const session = host.open(connection, 'fixture')
    const outcome = host.call(session, { id: 4, procedure: 'wait', input: undefined })
    host.cancel(session, 4)
    host.cancel(session, 99)
    expect(await outcome).toMatchObject({ type: 'error', error: { code: 'cancelled' } })
    host.close(session)
  },

  async 'carries every value as an item'(host) {
    const values = valueTable.map(({ value }) => value)
    await using stream = await openStream(host, 'items', values)
    expect(await readAll(stream.items)).toStrictEqual(values)
  },

  async 'ends a stream without items'(host) {
    await using stream = await openStream(host, 'items', [])
    expect(await readAll(stream.items)).toEqual([])
    expect(await stream.items.next()).toEqual({ done: true, value: undefined })
  },

  async "throws a stream's error as plain data"(host) {
    await using stream = await openStream(host, 'failing', [1, 2])
    const read: unknown[] = []
    const reading = readAll(stream.items, (item) => read.push(item))
    const error: unknown = await reading.catch((reason: unknown) => reason)
    expect(error).not.toBeInstanceOf(Error)
    expect(error).toMatchObject({ code: 'conflict', message: 'Shipped already.' })
    expect(read).toEqual([1, 2])
    expect((await stream.items.next()).done).toBe(true)
  },

  async 'keeps the order of many items'(host) {
    const input = Array.from({ length: 5_000 }, (_, index) => index)
    await using stream = await openStream(host, 'items', input)
    expect(await readAll(stream.items)).toEqual(input)
  },

  async 'ends a producer whose reader leaves'(host) {
    await using stream = await openStream(host, 'counting', undefined)
    for (let i = 0; i < 10; i++) await stream.items.next()
    expect(await stream.state()).toMatchObject({ running: 1 })
    expect(await stream.items.return?.()).toMatchObject({ done: true })
    await expect.poll(() => stream.state()).toMatchObject({ running: 0 })
  },

  async 'pauses a producer whose reader pauses'(host) {
    await using stream = await openStream(host, 'counting', undefined)
    await stream.items.next()
    let produced = -1
    await expect
      .poll(async () => {
        const before = produced
        produced = (await stream.state()).produced
        return produced - before
      })
      .toBe(0)
    expect(produced).toBeLessThan(10_000)
  },

  async 'cancels a stream that waits for items'(host) {
    await using stream = await openStream(host, 'silent', 'first')
    expect(await stream.items.next()).toEqual({ done: false, value: 'first' })
    const next = stream.items.next()
    host.cancel(stream.session, stream.id)
    await expect(next).rejects.toMatchObject({ code: 'cancelled' })
  },

  async 'cancels a stream when its session closes'(host) {
    await using stream = await openStream(host, 'silent', 'first')
    await stream.items.next()
    const next = stream.items.next()
    host.close(stream.session)
    await expect(next).rejects.toMatchObject({ code: 'cancelled' })
  },

  async 'never rejects for a value that can not travel'(host) {
    for (const { title, value } of unsendableTable) {
      const { type } = await call(host, 'echo', value)
      expect([title, type]).toEqual([title, expect.stringMatching(/^(value|error)$/)])
    }
  },
}

const connection: Connection = {
  id: 'connection-1',
  transport: 'http',
  protocol: 'http',
  headers: { 'x-caller': 'suite' },
  remoteAddress: '127.0.0.1',
}

async function call(host: GatewayHost, procedure: string, input: unknown): Promise<CallOutcome> {
  const session = host.open(connection, 'fixture')
  try {
    return await host.call(session, { id: 0, procedure, input })
  } finally {
    host.close(session)
  }
}

interface OpenStream extends AsyncDisposable {
  readonly id: number
  readonly session: Session
  readonly items: AsyncIterator<unknown>
  /** Of `counting`, where this stream runs. */
  state(): Promise<{ readonly running: number; readonly produced: number }>
}

async function openStream(
  host: GatewayHost,
  procedure: string,
  input: unknown,
): Promise<OpenStream> {
  const session = host.open(connection, 'fixture')
  const id = 1
  const outcome = await host.call(session, { id, procedure, input })
  if (outcome.type !== 'stream') throw new Error(`no stream: ${JSON.stringify(outcome)}`)
  let asked = id
  return {
    id,
    session,
    items: outcome.stream[Symbol.asyncIterator](),
    async state() {
      const request = { id: ++asked, procedure: 'counting/state', input: undefined }
      const answer = await host.call(session, request)
      if (answer.type !== 'value') throw new Error('no state')
      return answer.value as { running: number; produced: number }
    },
    async [Symbol.asyncDispose]() {
      host.close(session)
    },
  }
}

async function readAll(
  items: AsyncIterator<unknown>,
  take?: (item: unknown) => void,
): Promise<unknown[]> {
  const read: unknown[] = []
  for (let next = await items.next(); !next.done; next = await items.next()) {
    read.push(next.value)
    take?.(next.value)
  }
  return read
}
