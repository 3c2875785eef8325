import type { CallOutcome, GatewayHost, HttpTransportOptions, Limits } from '@neemata/gateway'
import { taggedJson } from '@neemata/gateway/formats'
import { readProblem } from '@neemata/gateway/protocol'

import { openGatewayFor } from './open-gateway.ts'
import type { TransportCall, TransportUnderTest } from './transport-suite.ts'

/** HTTP as the shared suite sees it, spoken through plain `fetch`. */
export async function startHttp(
  host: GatewayHost,
  options?: Partial<HttpTransportOptions> & { readonly limits?: Partial<Limits> },
): Promise<TransportUnderTest> {
  const { gateway, url } = await openGatewayFor(host, options)
  return {
    call: (request) => callHttp(url, request),
    drain: () => gateway.drain(),
    stop: (stopOptions) => gateway.stop(stopOptions),
  }
}

async function callHttp(
  url: string,
  { app = 'fixture', ...call }: TransportCall,
): Promise<CallOutcome> {
  const type = taggedJson.contentType
  const hasBody = call.input !== undefined
  const response = await fetch(`${url}/${app}/${call.procedure}`, {
    method: 'POST',
    headers: {
      ...call.headers,
      accept: `${type}, text/event-stream`,
      ...(hasBody ? { 'content-type': type } : undefined),
    },
    body: hasBody ? String(taggedJson.encode(call.input)) : null,
    signal: call.signal ?? null,
  })
  if (response.status === 204) return { type: 'value', value: undefined }
  if (response.headers.get('content-type') === 'text/event-stream') {
    return { type: 'stream', stream: readEvents(response) }
  }
  const body = taggedJson.decode(await response.text())
  if (response.ok) return { type: 'value', value: body }
  const error = readProblem(body)
  if (error === undefined) throw new Error(`not a problem: ${response.status}`)
  return { type: 'error', error }
}

async function* readEvents(response: Response): AsyncGenerator<unknown> {
  let text = ''
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    const events = (text + chunk).split('\n\n')
    text = events.pop() ?? ''
    for (const event of events) {
      if (event === ':') continue
      const [, type, data] = /^(?:event: (\w+)\n)?data: ?([^\n]*)$/.exec(event) ?? []
      if (type === 'end') return
      const value = taggedJson.decode(data ?? '')
      if (type === 'error') throw readProblem(value)
      yield value
    }
  }
  throw new Error('the events broke off')
}
