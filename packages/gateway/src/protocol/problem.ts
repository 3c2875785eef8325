import { errorStatus, type WireError, type WireErrorCode } from './wire-error.ts'

/** The media type of every error answer (RFC 9457). */
export const problemContentType = 'application/problem+json'

/** An error as an HTTP answer's body. `code` says more than `type` and `title` do. */
export interface Problem {
  readonly type: 'about:blank'
  /** The status in words. */
  readonly title: string
  readonly status: number
  /** What happened, for people. */
  readonly detail: string
  readonly code: WireErrorCode
  /** The answer's line in the server's log. */
  readonly id?: string
  /** What the application meant for its caller; `issues` of a failed validation. */
  readonly data?: unknown
}

/** Writes an error as a problem; its status is the code's own unless another one is given. */
export function createProblem(error: WireError, status: number = errorStatus[error.code]): Problem {
  return {
    type: 'about:blank',
    title: titles[status] ?? 'Error',
    status,
    detail: error.message,
    code: error.code,
    ...(error.id === undefined ? undefined : { id: error.id }),
    ...(error.data === undefined ? undefined : { data: error.data }),
  }
}

/** Reads the body of an error answer; `undefined` when it wasn't written by `createProblem`. */
export function readProblem(body: unknown): WireError | undefined {
  if (typeof body !== 'object' || body === null) return undefined
  const { code, detail, id, data } = body as { readonly [key: string]: unknown }
  if (!isErrorCode(code) || typeof detail !== 'string') return undefined
  return {
    code,
    message: detail,
    ...(typeof id === 'string' ? { id } : undefined),
    ...(data === undefined ? undefined : { data }),
  }
}

/** Tells whether a value is one of the error codes. */
export function isErrorCode(value: unknown): value is WireErrorCode {
  return typeof value === 'string' && Object.hasOwn(errorStatus, value)
}

const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  408: 'Request Timeout',
  409: 'Conflict',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  499: 'Client Closed Request',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
}
