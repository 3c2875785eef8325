import type { CallOutcome, GatewayHost } from '@neemata/gateway'
import { readProblem } from '@neemata/gateway/protocol'

import { connectFrames, type FrameClient, hangUp, UpgradeRefused } from './frame-client.ts'
import { openSocketsFor } from './open-sockets.ts'
import type { TransportCall, TransportUnderTest } from './transport-suite.ts'

/** WebSocket as the shared suite sees it: a connection for each call. */
export async function startWebSocket(host: GatewayHost): Promise<TransportUnderTest> {
  const { gateway, url } = await openSocketsFor(host)
  return {
    call: (request) => callOnce(url, request),
    drain: () => gateway.drain(),
    stop: (options) => gateway.stop(options),
  }
}

async function callOnce(url: string, call: TransportCall): Promise<CallOutcome> {
  let client: FrameClient
  try {
    client = await connectFrames(url, { headers: { ...call.headers } })
  } catch (error) {
    const refusal = error instanceof UpgradeRefused ? readProblem(error.body) : undefined
    if (!refusal) throw error
    return { type: 'error', error: refusal }
  }
  call.signal?.addEventListener('abort', () => client.socket.terminate())
  const procedure = `${call.app ?? 'fixture'}/${call.procedure}`
  client.send({ type: 'call', id: 1, procedure, input: call.input })
  return readOutcome(client)
}

async function readOutcome(client: FrameClient): Promise<CallOutcome> {
  let frame = await client.next()
  while (frame.type === 'going_away') frame = await client.next()
  if (frame.type === 'stream') return { type: 'stream', stream: readStream(client) }
  await hangUp(client)
  if (frame.type === 'result') return { type: 'value', value: frame.value }
  if (frame.type === 'error') return { type: 'error', error: frame.error }
  throw new Error(`unexpected: ${frame.type}`)
}

async function* readStream(client: FrameClient): AsyncGenerator<unknown> {
  try {
    for (;;) {
      const frame = await client.next()
      if (frame.type === 'end') return
      if (frame.type === 'error') throw frame.error
      if (frame.type !== 'items') continue
      yield* frame.items
      client.send({ type: 'credit', id: 1, items: frame.items.length })
    }
  } finally {
    await hangUp(client)
  }
}
