import {
  type Format,
  FormatError,
  formatOf,
  plainJson,
  readMediaType,
  taggedJson,
} from '@neemata/gateway/formats'
import { problemContentType, readProblem } from '@neemata/gateway/protocol'

import { ApiError } from '../api-error.ts'
import { type CallDeadline, createDeadline } from '../call-deadline.ts'
import type { HttpClientOptions } from '../client-options.ts'
import { ConnectionError } from '../connection-error.ts'
import type { Reply } from '../reply.ts'
import type { Transport, TransportRequest } from '../transport.ts'
import { EventReader } from './event-reader.ts'

/** Sends calls as HTTP requests and turns answers into values, streams or errors. */
export class HttpTransport implements Transport {
  private readonly options: HttpClientOptions
  private readonly base: string
  private readonly format: Format
  private readonly closed = new AbortController()

  constructor(options: HttpClientOptions) {
    this.options = options
    this.base = String(options.url)
      .replace(/[?#].*$/s, '')
      .replace(/\/+$/, '')
    this.format = options.format === 'json' ? plainJson : taggedJson
  }

  async send({ procedure, input, timeout, signals }: TransportRequest): Promise<Reply> {
    const deadline = createDeadline({ timeout, signals: [...signals, this.closed.signal] })
    const { signal } = deadline
    const explain = (error: unknown): unknown => (signal.aborted ? signal.reason : error)
    let isStream = false
    try {
      const body = input === undefined ? undefined : this.format.encode(input)
      const reply = await this.exchange(procedure, body, { deadline, explain })
      isStream = reply.type === 'stream'
      return reply
    } catch (error) {
      throw explain(error)
    } finally {
      if (isStream) deadline.stopTimer()
      else deadline.dispose()
    }
  }

  close(): void {
    this.closed.abort(new ConnectionError('The client was closed.'))
  }

  private async exchange(
    path: string,
    body: string | Uint8Array | undefined,
    { deadline, explain }: Exchange,
  ): Promise<Reply> {
    const { signal } = deadline
    signal.throwIfAborted()
    const headers = await raceAbort(this.resolveHeaders(body !== undefined), signal)
    const url = `${this.base}/${path}`
    const init: RequestInit = {
      method: 'POST',
      headers,
      signal,
      ...(body && { body: body as string }),
    }
    const response = await this.request(url, init)
    if (response.status === 204) return { type: 'value', value: undefined }
    if (response.ok && isEventStream(response)) {
      const stream = new EventReader(response, {
        format: this.format,
        url,
        explain,
        onOver: deadline.dispose,
      })
      return { type: 'stream', stream }
    }
    const text = await readText(response, url)
    if (response.ok) return { type: 'value', value: readValue(response, text, url) }
    throw this.readError(response, text, url)
  }

  private async resolveHeaders(hasBody: boolean): Promise<Headers> {
    const { headers: given } = this.options
    const headers = new Headers()
    const resolved = typeof given === 'function' ? await given() : given
    for (const [name, value] of Object.entries(resolved ?? {})) {
      if (value !== undefined) headers.set(name, value)
    }
    headers.set('accept', `${this.format.contentType}, ${eventStreamType}`)
    if (hasBody) headers.set('content-type', this.format.contentType)
    return headers
  }

  private async request(url: string, init: RequestInit): Promise<Response> {
    // Called as a plain function: browsers refuse it as the method of another object.
    const { fetch = globalThis.fetch } = this.options
    try {
      return await fetch(url, init)
    } catch (cause) {
      throw new ConnectionError(`The server at ${url} can't be reached.`, { cause })
    }
  }

  private readError(response: Response, text: string, url: string): Error {
    const { status } = response
    const error = isProblem(response) ? readProblem(decode(this.format, text)) : undefined
    return error === undefined
      ? new ConnectionError(`${url} answered ${status}, but not as a Neemata server does.`, {
          status,
        })
      : new ApiError({ ...error, status })
  }
}

interface Exchange {
  readonly deadline: CallDeadline
  /** What to reject with: the reason of the signal that ended the call, or else the error. */
  readonly explain: (error: unknown) => unknown
}

const eventStreamType = 'text/event-stream'

function isEventStream(response: Response): boolean {
  return readMediaType(response.headers.get('content-type') ?? '')?.type === eventStreamType
}

async function readText(response: Response, url: string): Promise<string> {
  try {
    return await response.text()
  } catch (cause) {
    const { status } = response
    throw new ConnectionError(`The answer of ${url} broke off.`, { cause, status })
  }
}

function readValue(response: Response, text: string, url: string): unknown {
  const { status } = response
  const format = formatOf(response.headers.get('content-type') ?? '')
  try {
    if (format !== undefined) return format.decode(text)
  } catch (cause) {
    throw new ConnectionError(`The answer of ${url} can't be read.`, { cause, status })
  }
  throw new ConnectionError(`${url} answered with no format that this client reads.`, { status })
}

function isProblem(response: Response): boolean {
  return readMediaType(response.headers.get('content-type') ?? '')?.type === problemContentType
}

function decode(format: Format, text: string): unknown {
  try {
    return format.decode(text)
  } catch (error) {
    if (error instanceof FormatError) return undefined
    throw error
  }
}

/** A function that brings headers knows no signal, so the call stops waiting for it instead. */
function raceAbort<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}
