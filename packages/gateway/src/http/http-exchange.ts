import type { IncomingMessage, ServerResponse } from 'node:http'

import type { Format } from '../formats/format.ts'
import { FormatError } from '../formats/format-error.ts'
import { formatOf, formats, negotiateFormat } from '../formats/negotiate.ts'
import { plainJson } from '../formats/plain-json.ts'
import type { ProcedureRoute, Session } from '../host.ts'
import { createProblem, problemContentType } from '../protocol/problem.ts'
import type { WireError } from '../protocol/wire-error.ts'
import { isWireError } from '../protocol/is-wire-error.ts'
import type { HeaderList } from './cors.ts'
import { EventStream } from './event-stream.ts'
import type { ExchangeContext } from './exchange-context.ts'
import { answerHealth } from './health.ts'
import { createConnection } from './http-connection.ts'
import { eventStreamType, negotiateEvents } from './negotiate-events.ts'
import type { HttpClient } from './http-connections.ts'
import { announcedSize, announcesBody, receiveBody } from './request-body.ts'
import { describeUnknown, type IndexedRoute, type RouteIndex } from './route-index.ts'
import { type Answer, type AnswerTarget, sendAnswer, sendEmpty } from './send-answer.ts'
import { decodePath, readPath, readQuery } from './target.ts'

/** Who takes part in an exchange. */
export interface ExchangeParties {
  readonly client: HttpClient
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

/**
 * One request and its answer. It goes through these states, each at most once:
 * - *routed*: `handle` found a procedure, or refused;
 * - *receiving*: the body is on its way;
 * - *running*: the host has a session and a call;
 * - *answered*: the answer was handed to the socket;
 * - *closed*: the answer has left, or the client has gone. From any state.
 */
export class HttpExchange implements AnswerTarget {
  readonly context: ExchangeContext
  readonly client: HttpClient
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** The client waits for `100 Continue` before it sends the body. */
  awaitsContinue = false
  private route: IndexedRoute | undefined
  private inputFormat: Format | undefined
  private format: Format = plainJson
  private session: Session | undefined
  private events: EventStream | undefined
  private closed = false

  constructor(context: ExchangeContext, parties: ExchangeParties) {
    this.context = context
    this.client = parties.client
    this.request = parties.request
    this.response = parties.response
  }

  /** Whether nothing of an answer exists yet and none is being made. */
  get isReceiving(): boolean {
    return this.session === undefined && !this.response.headersSent && !this.closed
  }

  handle(): void {
    const target = this.request.url ?? '/'
    if (!hasOneHost(this.request)) {
      return this.refuse({
        code: 'bad_request',
        message: 'A request needs exactly one Host header.',
      })
    }
    if (this.request.method === 'OPTIONS' && this.answerPreflight()) return
    const index = this.context.routes()
    const route = index.paths.get(target) ?? this.findRoute(readPath(target), index)
    if (route === undefined) return
    this.route = route
    const { method } = this.request
    const allowed = allowedMethods(route.route)
    if (method === 'POST') this.receive()
    else if ((method === 'GET' || method === 'HEAD') && allowed.includes(method)) {
      this.readInput(target)
    } else this.refuseMethod(allowed)
  }

  /** The answer has left or the client has gone: ends the session, and with it the call. */
  close(): void {
    if (this.closed) return
    this.closed = true
    this.closeSession()
    this.context.finished(this)
  }

  /** Ends a stream on behalf of the server. */
  endStream(): void {
    this.events?.end(shuttingDown)
    if (this.events) this.closeSession()
  }

  /** Answers with a problem. `status` differs from the code's own only where HTTP knows better. */
  refuse(error: WireError, status?: number, headers?: HeaderList): void {
    const problem = createProblem(error, status)
    const retry = problem.status === 503 ? ['Retry-After', retryAfter] : []
    const text = this.encodeProblem(problem)
    this.send({
      status: problem.status,
      contentType: problemContentType,
      text,
      headers: [...(headers ?? []), ...retry],
    })
  }

  /** Answers for what should never be thrown, so that one request can't end the process. */
  fail(error: unknown): void {
    this.refuse(this.logFailure(error, 'A request failed inside the gateway or its host.'))
  }

  private findRoute(path: string, index: RouteIndex): IndexedRoute | undefined {
    const decoded = decodePath(path)
    const route = decoded === undefined ? undefined : index.paths.get(decoded)
    if (route !== undefined) return route
    if (decoded === undefined) {
      this.refuse({
        code: 'bad_request',
        message: 'The percent-encoding of the path is malformed.',
      })
    } else if (!this.answerWithoutRoute(decoded)) {
      this.refuse({ code: 'not_found', message: describeUnknown(decoded, index) })
    }
    return undefined
  }

  private answerWithoutRoute(path: string): boolean {
    const { method } = this.request
    if (path === '*' && method === 'OPTIONS') {
      this.sendEmpty(['Allow', 'GET, HEAD, POST, OPTIONS'])
      return true
    }
    const health = answerHealth(path, this.context.host.health(), this.context.draining)
    if (health === undefined) return false
    if (method === 'GET' || method === 'HEAD') {
      const headers: HeaderList = ['Cache-Control', 'no-store']
      this.send({ ...health, contentType: plainJson.contentType, headers })
    } else {
      this.refuseMethod('GET, HEAD, OPTIONS')
    }
    return true
  }

  private answerPreflight(): boolean {
    const { headers } = this.request
    if (this.context.cors === undefined) return false
    if (headers['access-control-request-method'] === undefined) return false
    this.response.writeHead(204, this.context.cors.preflightHeaders(headers)).end()
    return true
  }

  private refuseMethod(allow: string): void {
    if (this.request.method === 'OPTIONS') return this.sendEmpty(['Allow', allow])
    const message = `${this.request.method} is not allowed here; allowed: ${allow}.`
    this.refuse({ code: 'method_not_allowed', message }, undefined, ['Allow', allow])
  }

  /** Settles what must be settled before a call is taken on; `false`: it was refused. */
  private admit(): boolean {
    if (this.context.draining) {
      this.refuse(shuttingDown)
      return false
    }
    const { accept } = this.request.headers
    const isStream = this.route?.route.kind === 'stream'
    const format = isStream ? negotiateEvents(accept) : negotiateFormat(accept)
    if (format === undefined) {
      const types = isStream ? eventStreamType : formats.map((one) => one.contentType).join(', ')
      this.refuse({ code: 'not_acceptable', message: `Answers come as ${types}.` })
      return false
    }
    this.format = format
    return true
  }

  private readInput(target: string): void {
    if (!this.admit()) return
    if (announcesBody(this.request)) {
      const message = 'A GET has no body; send the input as JSON in ?input=.'
      return this.refuse({ code: 'bad_request', message })
    }
    const inputs = new URLSearchParams(readQuery(target)).getAll('input')
    const [input] = inputs
    if (input === undefined) void this.run(undefined)
    else if (inputs.length === 1) this.decode(plainJson, input)
    else this.refuse({ code: 'bad_request', message: 'The query has more than one input.' })
  }

  private receive(): void {
    if (!this.admit()) return
    if (!announcesBody(this.request)) return void this.run(undefined)
    const { headers } = this.request
    const contentType = headers['content-type']
    const size = announcedSize(this.request)
    this.inputFormat = contentType === undefined ? undefined : formatOf(contentType)
    // A chunked body may turn out to be empty, and then needs no type.
    const untyped =
      this.inputFormat === undefined && (contentType !== undefined || size !== undefined)
    if (untyped) return this.refuseMediaType()
    const encoding = headers['content-encoding']
    if (encoding !== undefined && encoding !== 'identity') return this.refuseMediaType()
    if (size !== undefined && size > this.context.limits.bodySize) return this.bodyTooLarge()
    if (this.awaitsContinue) this.response.writeContinue()
    this.awaitsContinue = false
    receiveBody(this.request, this.context.limits.bodySize, this)
  }

  bodyReceived(bytes: Uint8Array): void {
    if (this.closed || this.response.headersSent) return
    if (bytes.length === 0) void this.run(undefined)
    else if (this.inputFormat === undefined) this.refuseMediaType()
    else this.decode(this.inputFormat, bytes)
  }

  bodyTooLarge(): void {
    const message = `The body is larger than ${this.context.limits.bodySize} bytes.`
    this.refuse({ code: 'payload_too_large', message })
  }

  private refuseMediaType(): void {
    const types = formats.map(({ contentType }) => contentType).join(' or ')
    const message = `Send the input as ${types}, in UTF-8, without a Content-Encoding.`
    this.refuse({ code: 'unsupported_media_type', message }, undefined, [
      'Accept-Post',
      types.replace(' or ', ', '),
    ])
  }

  private decode(format: Format, body: string | Uint8Array): void {
    let input: unknown
    try {
      input = format.decode(body, this.context.decodeOptions)
    } catch (error) {
      if (!(error instanceof FormatError)) return this.fail(error)
      return this.refuse({ code: 'bad_request', message: error.message })
    }
    void this.run(input)
  }

  private async run(input: unknown): Promise<void> {
    const { host } = this.context
    const route = this.route
    if (route === undefined) return
    try {
      this.session = host.open(createConnection(this), route.app)
      const outcome = await host.call(this.session, { id: 0, procedure: route.procedure, input })
      if (this.closed) return
      if (outcome.type === 'error') this.refuse(outcome.error)
      else if (outcome.type === 'value') this.answer(outcome.value)
      else await this.stream(outcome.stream)
    } catch (error) {
      this.fail(error)
    }
    this.closeSession()
  }

  private answer(value: unknown): void {
    if (value === undefined) return this.sendEmpty([])
    let text: string | Uint8Array
    try {
      text = this.format.encode(value)
    } catch (error) {
      const failure = this.logFailure(error, 'A result could not be encoded.')
      const message = error instanceof FormatError ? error.message : failure.message
      return this.refuse({ ...failure, message })
    }
    this.send({ status: 200, contentType: this.format.contentType, text })
  }

  private stream(stream: AsyncIterable<unknown>): Promise<void> {
    const { request, response, context, format } = this
    if (context.draining) response.shouldKeepAlive = false
    this.events = new EventStream({
      response,
      headers: context.cors?.answerHeaders(request.headers) ?? [],
      pingInterval: context.limits.pingInterval,
      stallTimeout: context.limits.requestTimeout,
      encodeItem: (item) => encodeItem(format, item),
      encodeError: (error) => String(this.encodeProblem(createProblem(this.describe(error)))),
    })
    return this.events.send(stream)
  }

  /** A stream throws what its caller is to be told; all else is a failure of ours. */
  private describe(error: unknown): WireError {
    if (isWireError(error)) return error
    const failure = this.logFailure(error, 'A stream failed inside the gateway or its host.')
    return error instanceof FormatError ? { ...failure, message: error.message } : failure
  }

  /** `data` comes from the application, so it may hold anything; the rest is plain. */
  private encodeProblem(problem: object): string | Uint8Array {
    try {
      return this.format.encode(problem)
    } catch (error) {
      this.logFailure(error, "An error's data could not be encoded.")
      return this.format.encode({ ...problem, data: undefined })
    }
  }

  private send(answer: Answer): void {
    if (!this.closed && !this.response.headersSent) sendAnswer(this, answer)
  }

  private sendEmpty(headers: HeaderList): void {
    if (!this.closed && !this.response.headersSent) sendEmpty(this, headers)
  }

  private closeSession(): void {
    const { session } = this
    if (session === undefined) return
    this.session = undefined
    try {
      this.context.host.close(session)
    } catch (error) {
      this.logFailure(error, 'The host failed to close a session.')
    }
  }

  private logFailure(error: unknown, message: string): WireError {
    const id = this.context.nextId()
    const { transport, logger } = this.context
    const { app, procedure } = this.route ?? {}
    logger.error({ err: error, id, transport, app, procedure }, message)
    return { code: 'internal_error', message: 'The server failed to answer this call.', id }
  }
}

const shuttingDown: WireError = {
  code: 'unavailable',
  message: 'The server is shutting down. Try again.',
}

/** A stream can be read by a browser's `EventSource`, which knows only GET. */
function allowedMethods({ kind, readonly }: ProcedureRoute): string {
  if (kind === 'stream') return 'GET, POST, OPTIONS'
  return readonly ? 'GET, HEAD, POST, OPTIONS' : 'POST, OPTIONS'
}

/** Plain JSON has no notation for `undefined`. */
function encodeItem(format: Format, item: unknown): string {
  return String(format.encode(item === undefined && format === plainJson ? null : item))
}

/** Seconds; a restart takes about as long. */
const retryAfter = 1

/** Two hosts would let a proxy and this server read one request in two ways. */
function hasOneHost({ headers, httpVersion }: IncomingMessage): boolean {
  return headers.host === undefined ? httpVersion === '1.0' : !headers.host.includes(',')
}
