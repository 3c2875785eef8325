import type { IncomingMessage, ServerResponse } from 'node:http'

import type { HeaderList } from './cors.ts'
import type { ExchangeContext } from './exchange-context.ts'
import { endLingering } from './linger.ts'
import { announcedSize, announcesBody } from './request-body.ts'

/** Whom an answer goes to. */
export interface AnswerTarget {
  readonly context: ExchangeContext
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** The client still waits for `100 Continue`, so the body was never asked for. */
  readonly awaitsContinue: boolean
}

export interface Answer {
  readonly status: number
  readonly contentType: string
  readonly text: string | Uint8Array
  readonly headers?: HeaderList | undefined
}

/** Sends an answer with a body. */
export function sendAnswer(target: AnswerTarget, answer: Answer): void {
  const { response, request, context } = target
  const { status, contentType, text } = answer
  const size = Buffer.byteLength(text)
  const headers: HeaderList = ['Content-Type', contentType, 'Content-Length', size]
  headers.push('X-Content-Type-Options', 'nosniff')
  // A GET may be stored by a cache, and what it gets depends on what it accepts.
  if (request.method !== 'POST') headers.push('Vary', 'Accept')
  if (answer.headers !== undefined) headers.push(...answer.headers)
  if (context.cors !== undefined) headers.push(...context.cors.answerHeaders(request.headers))
  if (context.draining || target.awaitsContinue) response.shouldKeepAlive = false
  if (hasUnwantedBody(target)) {
    response.shouldKeepAlive = false
    response.writeHead(status, headers)
    return endLingering({ request, response, text, maxBytes: context.limits.bodySize })
  }
  response.writeHead(status, headers).end(text)
  boundSlowReader(target)
}

/** Answers 204. */
export function sendEmpty({ response, request, context }: AnswerTarget, headers: HeaderList): void {
  const cors = context.cors?.answerHeaders(request.headers) ?? []
  const unread = !request.complete && announcesBody(request)
  if (context.draining || unread) response.shouldKeepAlive = false
  response.writeHead(204, [...headers, ...cors]).end()
}

/** A body of an acceptable size is skipped, so that the connection can be used again. */
function hasUnwantedBody({ request, context, awaitsContinue }: AnswerTarget): boolean {
  if (request.complete || !announcesBody(request) || awaitsContinue) return false
  return (announcedSize(request) ?? Infinity) > context.limits.bodySize
}

/** A client that takes nothing of its answer is as slow as one that sends nothing. */
function boundSlowReader({ request: { socket }, context }: AnswerTarget): void {
  if (socket.writableLength > 0) socket.setTimeout(context.limits.requestTimeout)
}
