import { describe, expect, test } from 'vitest'

import type { CallOutcome, Connection, GatewayHost } from '@neemata/gateway'

import { unsendableTable, valueTable } from './value-table.ts'

/** A host under test, with the app `fixture` that `createFixtureRoutes` describes. */
export interface HostUnderTest {
  readonly host: GatewayHost
  dispose(): Promise<void>
}

/** Names of tests that a host is known to fail, each with its reason. */
export type KnownGaps = Readonly<Record<string, string>>

const connection: Connection = {
  id: 'connection-1',
  transport: 'http',
  protocol: 'http',
  headers: { 'x-caller': 'suite' },
  remoteAddress: '127.0.0.1',
}

/**
 * What a gateway may expect of any host, in this thread or in another. The app `fixture` must answer:
 * `echo` and `read/echo` with the input; `nothing` with `undefined`; `refuse` with `conflict`, the
 * message `Shipped already.` and the input as data; `crash` with `internal_error`; `headers` with the
 * connection's headers; `wait` not before its call is ended.
 */
export function describeHost(
  name: string,
  create: () => Promise<HostUnderTest>,
  gaps: KnownGaps = {},
): void {
  const check = (title: string, run: (host: GatewayHost) => Promise<void>): void => {
    const body = async (): Promise<void> => {
      const { host, dispose } = await create()
      try {
        await run(host)
      } finally {
        await dispose()
      }
    }
    if (title in gaps) test.fails(`${title} (known gap: ${gaps[title]})`, body)
    else test(title, body)
  }

  describe(`${name} as a host`, () => {
    check('lists its routes under one stable table', async (host) => {
      expect(host.routes()).toBe(host.routes())
      expect(host.routes().get('fixture')?.procedures.get('read/echo')?.readonly).toBe(true)
      expect(host.routes().get('fixture')?.procedures.get('echo')?.readonly).toBe(false)
    })

    check('reports that it lives and is ready', async (host) => {
      expect(host.health()).toEqual({ live: true, ready: true })
    })

    check('carries every value of the table', async (host) => {
      for (const { title, value } of valueTable) {
        expect(await call(host, 'echo', value), title).toStrictEqual({ type: 'value', value })
      }
    })

    check('answers undefined as a value', async (host) => {
      expect(await call(host, 'nothing', undefined)).toEqual({ type: 'value', value: undefined })
    })

    check('answers an error as plain data', async (host) => {
      expect(await call(host, 'refuse', { order: 7n })).toMatchObject({
        type: 'error',
        error: { code: 'conflict', message: 'Shipped already.', data: { order: 7n } },
      })
    })

    check('hides what was thrown behind an id', async (host) => {
      const outcome = await call(host, 'crash', undefined)
      expect(outcome).toMatchObject({ type: 'error', error: { code: 'internal_error' } })
      expect(outcome.type === 'error' && outcome.error.id).toBeTypeOf('string')
    })

    check('shows the headers of the connection', async (host) => {
      const outcome = await call(host, 'headers', undefined)
      expect(outcome).toMatchObject({ type: 'value', value: { 'x-caller': 'suite' } })
    })

    check('cancels a call when its session closes', async (host) => {
      const session = host.open(connection, 'fixture')
      const outcome = host.call(session, { id: 1, procedure: 'wait', input: undefined })
      host.close(session)
      expect(await outcome).toMatchObject({ type: 'error', error: { code: 'cancelled' } })
    })

    check('cancels one call by its id', async (host) => {
      const session = host.open(connection, 'fixture')
      const outcome = host.call(session, { id: 4, procedure: 'wait', input: undefined })
      host.cancel(session, 4)
      host.cancel(session, 99)
      expect(await outcome).toMatchObject({ type: 'error', error: { code: 'cancelled' } })
      host.close(session)
    })

    check('never rejects for a value that can not travel', async (host) => {
      for (const { title, value } of unsendableTable) {
        expect((await call(host, 'echo', value)).type, title).toMatch(/^(value|error)$/)
      }
    })
  })
}

async function call(host: GatewayHost, procedure: string, input: unknown): Promise<CallOutcome> {
  const session = host.open(connection, 'fixture')
  try {
    return await host.call(session, { id: 0, procedure, input })
  } finally {
    host.close(session)
  }
}
