import { z } from 'zod'

import { bytes, count, milliseconds } from './quantities.ts'

export const limitsSchema = z
  .strictObject({
    bodySize: bytes()
      .default(1_048_576)
      .meta({ description: 'Largest request body.', unit: 'bytes' }),
    headerSize: bytes()
      .default(16_384)
      .meta({ description: 'Largest total of the headers of a request.', unit: 'bytes' }),
    headersTimeout: milliseconds()
      .default(10_000)
      .meta({ description: 'Longest wait for the headers of a request.', unit: 'ms' }),
    requestTimeout: milliseconds()
      .default(30_000)
      .meta({ description: 'Longest wait for a whole request, body included.', unit: 'ms' }),
    keepAliveTimeout: milliseconds()
      .default(5_000)
      .meta({ description: 'How long an idle connection is kept open.', unit: 'ms' }),
    connections: count()
      .default(10_000)
      .meta({ description: 'Most connections at a time; more are closed on arrival.' }),
    decodeDepth: count()
      .default(64)
      .meta({ description: 'Deepest nesting of lists and objects in an input.' }),
    frameSize: bytes()
      .default(1_048_576)
      .meta({ description: 'Largest message of a WebSocket client.', unit: 'bytes' }),
    queuedBytes: bytes().default(4_194_304).meta({
      description:
        'Most bytes that wait for a WebSocket client before it is closed; streams pause at a quarter.',
      unit: 'bytes',
    }),
    pingInterval: milliseconds().default(30_000).meta({
      description: 'How often a silent client is probed, and how long it may take to answer.',
      unit: 'ms',
    }),
    callTimeout: milliseconds().default(30_000).meta({
      description: 'Longest time for a call whose procedure does not set its own.',
      unit: 'ms',
    }),
    callsPerSession: count()
      .default(100)
      .meta({ description: 'Calls that may run at once for one client of one app.' }),
  })
  .meta({
    title: 'Limits',
    description: 'What clients may ask of the system. All limits are on by default.',
  })
