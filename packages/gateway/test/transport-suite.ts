import { expect } from 'vitest'

import type { CallOutcome } from '@neemata/gateway'

import type { FixtureHost } from './fixture-host.ts'
import { valueTable } from './value-table.ts'

/** A transport under test, started before a given host. */
export interface TransportUnderTest {
  /** Calls a procedure of the app as the transport's own client would. */
  call(request: TransportCall): Promise<CallOutcome>
  drain(): void
  /** Ends it; `timeout` in ms. */
  stop(options: { readonly timeout: number }): Promise<void>
}

export interface TransportCall {
  readonly app?: string
  readonly procedure: string
  readonly input?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** Ends the call from the client's side. */
  readonly signal?: AbortSignal
}

export type TransportCheck = (transport: TransportUnderTest, host: FixtureHost) => Promise<void>

/**
 * What every transport owes its callers and its host: by title, a check of a transport that was started
 * before a fresh fixture host.
 *
 * @example
 * test.each(Object.entries(transportBehaviours))('%s', (_, check) => withTransport(check))
 */
export const transportBehaviours: Readonly<Record<string, TransportCheck>> = {
  async 'carries every value of the table'(transport) {
    for (const { title, value } of valueTable) {
      const outcome = await transport.call({ procedure: 'echo', input: value })
      expect({ title, outcome }).toStrictEqual({ title, outcome: { type: 'value', value } })
    }
  },

  async 'carries undefined both ways'(transport, host) {
    const outcome = await transport.call({ procedure: 'echo', input: undefined })
    expect(outcome).toEqual({ type: 'value', value: undefined })
    expect(host.events).toContainEqual({ type: 'call', procedure: 'echo', input: undefined })
  },

  async "carries an error's code, message and data"(transport) {
    const data = { order: 7n, at: new Date(0) }
    expect(await transport.call({ procedure: 'refuse', input: data })).toEqual({
      type: 'error',
      error: { code: 'conflict', message: 'Shipped already.', data },
    })
  },

  async "carries an error's id"(transport) {
    const outcome = await transport.call({ procedure: 'crash' })
    expect(outcome).toMatchObject({ type: 'error', error: { code: 'internal_error' } })
    expect(outcome.type === 'error' && outcome.error.id).toBeTypeOf('string')
  },

  async 'shows the host the headers'(transport) {
    const headers = { 'x-caller': 'suite' }
    const outcome = await transport.call({ procedure: 'headers', headers })
    expect(outcome).toMatchObject({ type: 'value', value: headers })
  },

  async 'knows no other app and procedure'(transport, host) {
    for (const missing of [
      { app: 'nobody', procedure: 'echo' },
      { app: 'hidden', procedure: 'echo' },
      { procedure: 'nothing/here' },
      { procedure: 'constructor' },
    ]) {
      expect(await transport.call(missing)).toMatchObject({ error: { code: 'not_found' } })
    }
    expect(host.events).toEqual([])
  },

  async 'closes a session once after its call'(transport, host) {
    await transport.call({ procedure: 'echo' })
    await host.until('close', 1)
    await transport.stop({ timeout: 1_000 })
    expect(host.count('close')).toBe(1)
  },

  async 'closes the session once when its client goes'(transport, host) {
    const controller = new AbortController()
    const call = transport.call({ procedure: 'wait', signal: controller.signal })
    await host.until('call', 1)
    controller.abort()
    await expect(call).rejects.toBeInstanceOf(Error)
    await host.until('close', 1)
    await transport.stop({ timeout: 1_000 })
    expect(host.count('close')).toBe(1)
  },

  async 'carries every value as an item'(transport) {
    const input = valueTable.map(({ value }) => value)
    const outcome = await transport.call({ procedure: 'items', input })
    expect(await readAll(outcome)).toStrictEqual(input)
  },

  async 'carries more items than any window'(transport) {
    const input = Array.from({ length: 2_000 }, (_, index) => index)
    expect(await readAll(await transport.call({ procedure: 'items', input }))).toEqual(input)
  },

  async 'carries a stream without items'(transport) {
    expect(await readAll(await transport.call({ procedure: 'items', input: [] }))).toEqual([])
  },

  async "carries a stream's error after its items"(transport) {
    const outcome = await transport.call({ procedure: 'failing', input: [1, 2] })
    const read: unknown[] = []
    const failure: unknown = await readAll(outcome, read).catch((error: unknown) => error)
    expect(read).toEqual([1, 2])
    expect(failure).toEqual({
      code: 'conflict',
      message: 'Shipped already.',
      data: { order: 7n },
    })
  },

  async 'says which item can not be carried'(transport) {
    const outcome = await transport.call({ procedure: 'unsendable/items' })
    const read: unknown[] = []
    const failure: unknown = await readAll(outcome, read).catch((error: unknown) => error)
    expect(read).toEqual([1])
    expect(failure).toMatchObject({
      code: 'internal_error',
      message: expect.stringContaining('callback'),
    })
  },

  async 'ends a stream whose client goes'(transport, host) {
    const controller = new AbortController()
    const { signal } = controller
    const outcome = await transport.call({ procedure: 'counting', signal })
    if (outcome.type !== 'stream') throw new Error('no stream')
    const items = outcome.stream[Symbol.asyncIterator]()
    await items.next()
    controller.abort()
    await host.until('close', 1)
    await expect.poll(() => host.running).toBe(0)
    expect(host.count('close')).toBe(1)
  },

  async 'pauses a stream that nobody reads'(transport, host) {
    const controller = new AbortController()
    const { signal } = controller
    const input = 'x'.repeat(10_000)
    const outcome = await transport.call({ procedure: 'counting', input, signal })
    expect(outcome.type).toBe('stream')
    let produced = -1
    await expect
      .poll(
        () => {
          const before = produced
          produced = host.produced
          return produced > 0 && produced === before
        },
        { timeout: 10_000 },
      )
      .toBe(true)
    controller.abort()
    await host.until('close', 1)
  },

  async 'ends endless streams when it drains'(transport) {
    const outcome = await transport.call({ procedure: 'silent', input: 'first' })
    if (outcome.type !== 'stream') throw new Error('no stream')
    const items = outcome.stream[Symbol.asyncIterator]()
    expect(await items.next()).toMatchObject({ value: 'first' })
    const stopped = transport.stop({ timeout: 30_000 })
    await expect(items.next()).rejects.toMatchObject({ code: 'unavailable' })
    await stopped
  },

  async 'refuses new calls while it drains'(transport, host) {
    const running = transport.call({ procedure: 'wait' })
    await host.until('call', 1)
    transport.drain()
    const refused = await transport.call({ procedure: 'echo' })
    expect(refused).toMatchObject({ type: 'error', error: { code: 'unavailable' } })
    host.release()
    expect(await running).toEqual({ type: 'value', value: 'released' })
  },

  async 'lets running calls finish before it stops'(transport, host) {
    const calls = Array.from({ length: 20 }, () => transport.call({ procedure: 'wait' }))
    await host.until('call', calls.length)
    const stopped = transport.stop({ timeout: 10_000 })
    host.release()
    const outcomes = await Promise.all(calls)
    expect(outcomes).toEqual(calls.map(() => ({ type: 'value', value: 'released' })))
    await stopped
    expect(host.count('close')).toBe(calls.length)
  },

  async 'cuts calls that outlast the timeout'(transport, host) {
    const call = transport.call({ procedure: 'wait' })
    const failure = call.catch((error: unknown) => error)
    await host.until('call', 1)
    await transport.stop({ timeout: 20 })
    expect(await failure).toBeInstanceOf(Error)
    expect(host.count('close')).toBe(1)
  },
}

async function readAll(outcome: CallOutcome, read: unknown[] = []): Promise<unknown[]> {
  if (outcome.type !== 'stream') throw new Error(`no stream: ${JSON.stringify(outcome)}`)
  for await (const item of outcome.stream) read.push(item)
  return read
}
