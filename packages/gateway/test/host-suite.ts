import { expect } from 'vitest'

import type { CallOutcome, Connection, GatewayHost } from '@neemata/gateway'

import { unsendableTable, valueTable } from './value-table.ts'

/**
 * What a gateway may expect of any host, in this thread or in another: by title, a check of a fresh host.
 * Its app `fixture` must answer as the fixture host's does: `echo` and `read/echo` with the input;
 * `nothing` with `undefined`; `refuse` with `conflict`, the message `Shipped already.` and the input as
 * data; `crash` with `internal_error`; `headers` with the connection's headers; `wait` not before its
 * call is ended.
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
