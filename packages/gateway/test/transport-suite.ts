import { describe, expect, test } from 'vitest'

import type { CallOutcome, GatewayHost } from '@neemata/gateway'

import { FixtureHost } from './fixture-host.ts'
import type { KnownGaps } from './host-suite.ts'
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

export type StartTransport = (host: GatewayHost) => Promise<TransportUnderTest>

/** What every transport owes its callers and its host. */
export function describeTransport(name: string, start: StartTransport, gaps: KnownGaps = {}): void {
  type Check = (transport: TransportUnderTest, host: FixtureHost) => Promise<void>
  const check = (title: string, run: Check): void => {
    const body = async (): Promise<void> => {
      const host = new FixtureHost()
      const transport = await start(host)
      try {
        await run(transport, host)
      } finally {
        await transport.stop({ timeout: 0 })
      }
    }
    if (title in gaps) test.fails(`${title} (known gap: ${gaps[title]})`, body)
    else test(title, body)
  }

  describe(`${name} as a transport`, () => {
    check('carries every value of the table', async (transport) => {
      for (const { title, value } of valueTable) {
        const outcome = await transport.call({ procedure: 'echo', input: value })
        expect(outcome, title).toStrictEqual({ type: 'value', value })
      }
    })

    check('carries undefined both ways', async (transport, host) => {
      const outcome = await transport.call({ procedure: 'echo', input: undefined })
      expect(outcome).toEqual({ type: 'value', value: undefined })
      expect(host.events).toContainEqual({ type: 'call', procedure: 'echo', input: undefined })
    })

    check("carries an error's code, message and data", async (transport) => {
      const data = { order: 7n, at: new Date(0) }
      expect(await transport.call({ procedure: 'refuse', input: data })).toEqual({
        type: 'error',
        error: { code: 'conflict', message: 'Shipped already.', data },
      })
    })

    check("carries an error's id", async (transport) => {
      const outcome = await transport.call({ procedure: 'crash' })
      expect(outcome).toMatchObject({ type: 'error', error: { code: 'internal_error' } })
      expect(outcome.type === 'error' && outcome.error.id).toBeTypeOf('string')
    })

    check('shows the host the headers', async (transport) => {
      const headers = { 'x-caller': 'suite' }
      const outcome = await transport.call({ procedure: 'headers', headers })
      expect(outcome).toMatchObject({ type: 'value', value: headers })
    })

    check('knows no other app and procedure', async (transport, host) => {
      for (const missing of [
        { app: 'nobody', procedure: 'echo' },
        { app: 'hidden', procedure: 'echo' },
        { procedure: 'nothing/here' },
        { procedure: 'constructor' },
      ]) {
        expect(await transport.call(missing)).toMatchObject({ error: { code: 'not_found' } })
      }
      expect(host.events).toEqual([])
    })

    check('closes a session once after its call', async (transport, host) => {
      await transport.call({ procedure: 'echo' })
      await host.until('close', 1)
      await transport.stop({ timeout: 1_000 })
      expect(host.count('close')).toBe(1)
    })

    check('closes the session once when its client goes', async (transport, host) => {
      const controller = new AbortController()
      const call = transport.call({ procedure: 'wait', signal: controller.signal })
      await host.until('call', 1)
      controller.abort()
      await expect(call).rejects.toThrow()
      await host.until('close', 1)
      await transport.stop({ timeout: 1_000 })
      expect(host.count('close')).toBe(1)
    })

    check('refuses new calls while it drains', async (transport, host) => {
      const running = transport.call({ procedure: 'wait' })
      await host.until('call', 1)
      transport.drain()
      const refused = await transport.call({ procedure: 'echo' })
      expect(refused).toMatchObject({ type: 'error', error: { code: 'unavailable' } })
      host.release()
      expect(await running).toEqual({ type: 'value', value: 'released' })
    })

    check('lets running calls finish before it stops', async (transport, host) => {
      const calls = Array.from({ length: 20 }, () => transport.call({ procedure: 'wait' }))
      await host.until('call', calls.length)
      const stopped = transport.stop({ timeout: 10_000 })
      host.release()
      const outcomes = await Promise.all(calls)
      expect(outcomes).toEqual(calls.map(() => ({ type: 'value', value: 'released' })))
      await stopped
      expect(host.count('close')).toBe(calls.length)
    })

    check('cuts calls that outlast the timeout', async (transport, host) => {
      const call = transport.call({ procedure: 'wait' })
      const failed = expect(call).rejects.toThrow()
      await host.until('call', 1)
      await transport.stop({ timeout: 20 })
      await failed
      expect(host.count('close')).toBe(1)
    })
  })
}
