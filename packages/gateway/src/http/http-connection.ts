import type { IncomingMessage } from 'node:http'

import type { Connection } from '../host.ts'
import type { HttpExchange } from './http-exchange.ts'

/** Describes a request as a connection of its own: plain data, fit for another thread. */
export function createConnection({ context, client, request }: HttpExchange): Connection {
  return {
    id: context.nextId(),
    transport: context.transport,
    protocol: 'http',
    headers: joinHeaders(request),
    remoteAddress: client.remoteAddress,
  }
}

/** Headers as the host wants them. Node has joined them all, but for one that belongs in answers. */
export function joinHeaders({ headers }: IncomingMessage): Connection['headers'] {
  const cookies = headers['set-cookie']
  return cookies === undefined
    ? (headers as Connection['headers'])
    : ({ ...headers, 'set-cookie': cookies.join(', ') } as Connection['headers'])
}
