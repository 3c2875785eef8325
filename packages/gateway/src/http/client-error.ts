import type { Duplex } from 'node:stream'

import { plainJson } from '../formats/plain-json.ts'
import { createProblem, type Problem, problemContentType } from '../protocol/problem.ts'
import type { WireError } from '../protocol/wire-error.ts'

/** A request that never became one: what to tell its sender. */
export interface Rejection {
  readonly error: WireError
  readonly status?: number
}

/** Translates what Node's parser reports; `undefined` when nobody is left to be told. */
export function readClientError(error: Error & { readonly code?: string }): Rejection | undefined {
  const { code = '' } = error
  if (code === 'HPE_HEADER_OVERFLOW') {
    const message = "The request's headers are larger than the server accepts."
    return { error: { code: 'bad_request', message }, status: 431 }
  }
  if (code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') {
    const message = "The extensions of the body's chunks are too large."
    return { error: { code: 'payload_too_large', message } }
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return { error: { code: 'request_timeout', message: 'The request took too long to arrive.' } }
  }
  if (code.startsWith('HPE_')) {
    return { error: { code: 'bad_request', message: 'The request is not valid HTTP/1.1.' } }
  }
  return undefined
}

/** Answers on a socket that has no response object, and closes it. */
export function rejectSocket(socket: Duplex, { error, status }: Rejection, more = ''): void {
  if (!socket.writable) return void socket.destroy()
  const problem = createProblem(error, status)
  socket.end(formatHead(problem, more) + plainJson.encode(problem))
  closeSoon(socket)
}

/** Lets what was written leave, then closes; at once would reset the connection under the answer. */
export function closeSoon(socket: Duplex): void {
  socket.resume()
  const timer = setTimeout(() => socket.destroy(), lingerTime)
  socket.once('close', () => clearTimeout(timer))
}

/** Milliseconds. */
const lingerTime = 1_000

function formatHead(problem: Problem, more: string): string {
  const body = plainJson.encode(problem)
  const lines = [
    `HTTP/1.1 ${problem.status} ${problem.title}`,
    `Date: ${new Date().toUTCString()}`,
    `Content-Type: ${problemContentType}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'X-Content-Type-Options: nosniff',
    'Connection: close',
  ]
  return `${lines.join('\r\n')}\r\n${more}\r\n`
}
