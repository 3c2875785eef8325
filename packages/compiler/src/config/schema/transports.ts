import { isIPv6 } from 'node:net'

import { z } from 'zod'

import { configured } from './configured.ts'
import { port } from './quantities.ts'

const hostSchema = z.string().refine(isHost, {
  error: 'must be a host name or an IP address; the port has an option of its own',
})

const originSchema = z.string().refine(isOrigin, {
  error: 'must be an origin, scheme and host without a path, such as "https://example.com"',
})

const corsOriginsSchema = z
  .strictObject({
    origins: z
      .array(originSchema)
      .readonly()
      .meta({ description: 'The origins whose pages may call, `https://example.com`.' }),
    credentials: z
      .boolean()
      .default(false)
      .meta({ description: 'Whether those pages may send cookies and HTTP authentication.' }),
  })
  .meta({ title: 'CorsOrigins', description: 'The origins whose pages may call.' })

export const httpTransportSchema = z
  .strictObject({
    type: z.literal('http').meta({ description: 'JSON calls over HTTP.' }),
    host: configured(hostSchema, { types: ['string'] })
      .default('127.0.0.1')
      .meta({ description: 'The host name or IP address to listen on; `0.0.0.0` for all.' }),
    port: port()
      .default(3000)
      .meta({ description: 'The TCP port to listen on; `0` picks a free one.' }),
    cors: z.union([z.boolean(), corsOriginsSchema]).default(false).meta({
      description:
        'Which pages of other origins may call: none, all without credentials (`true`), or those listed.',
    }),
  })
  .meta({ title: 'HttpTransport', description: 'Listens for HTTP.' })

export const wsTransportSchema = z
  .strictObject({
    type: z.literal('ws').meta({ description: 'Calls and streams over WebSocket.' }),
    listen: z
      .string()
      .min(1)
      .meta({ description: 'The name of the HTTP transport whose port it shares.' }),
    path: z
      .string()
      .regex(/^\/\S*$/, { error: 'must be a path that begins with "/"' })
      .default('/ws')
      .meta({ description: 'The path that clients connect to.' }),
  })
  .meta({ title: 'WsTransport', description: 'Accepts WebSocket connections.' })

export const customTransportSchema = z
  .strictObject({
    type: z.literal('custom').meta({ description: 'A transport of your own.' }),
    module: z.string().min(1).meta({
      description:
        'The module whose default export is the transport, resolved from the config file.',
    }),
    options: z
      .record(z.string(), z.unknown())
      .optional()
      .meta({ description: 'Handed to the transport; values may be environment references.' }),
  })
  .meta({ title: 'CustomTransport', description: 'A transport of your own.' })

export const transportSchema = z.discriminatedUnion('type', [
  httpTransportSchema,
  wsTransportSchema,
  customTransportSchema,
])

function isHost(text: string): boolean {
  return isIPv6(text) || /^[^\s/:]+$/.test(text)
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text
}
