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
