import type { IncomingHttpHeaders } from 'node:http'

/** Which other origins' pages may call. `false`: none; `true`: all, without credentials. */
export type Cors = boolean | { readonly origins: readonly string[]; readonly credentials: boolean }

/** Header names and values in turn, as `writeHead` takes them. */
export type HeaderList = (string | number)[]

/** Decides what a browser is told about other origins. */
export interface CorsPolicy {
  /** Headers of every answer. */
  answerHeaders(headers: IncomingHttpHeaders): HeaderList
  /** Headers of the answer to a preflight, or of a plain `OPTIONS` when it isn't one. */
  preflightHeaders(headers: IncomingHttpHeaders): HeaderList
}

/** `undefined` when other origins are not to call at all. */
export function createCorsPolicy(cors: Cors): CorsPolicy | undefined {
  if (cors === false) return undefined
  const allow = cors === true ? allowAny : allowListed(new Set(cors.origins), cors.credentials)
  return {
    answerHeaders: (headers) => [...allow(headers.origin), ...exposed],
    preflightHeaders: (headers) => {
      const allowed = allow(headers.origin)
      return allowed.includes('Access-Control-Allow-Origin')
        ? [...allowed, ...preflight(headers['access-control-request-headers'])]
        : allowed
    },
  }
}

const exposed: HeaderList = ['Access-Control-Expose-Headers', 'Retry-After']

function allowAny(): HeaderList {
  return ['Access-Control-Allow-Origin', '*']
}

function allowListed(origins: ReadonlySet<string>, credentials: boolean) {
  return (origin: string | undefined): HeaderList => {
    // Caches must know that the answer depends on the origin, also when there was none.
    const vary: HeaderList = ['Vary', 'Origin']
    if (origin === undefined || !origins.has(origin)) return vary
    const allowed: HeaderList = [...vary, 'Access-Control-Allow-Origin', origin]
    return credentials ? [...allowed, 'Access-Control-Allow-Credentials', 'true'] : allowed
  }
}

function preflight(requested: string | undefined): HeaderList {
  const headers: HeaderList = [
    'Access-Control-Allow-Methods',
    'GET, HEAD, POST',
    'Access-Control-Max-Age',
    600,
    'Vary',
    'Access-Control-Request-Headers',
  ]
  // A wildcard would leave out `Authorization`, so the request's own list is allowed.
  return requested !== undefined && headerNames.test(requested)
    ? [...headers, 'Access-Control-Allow-Headers', requested]
    : headers
}

const headerNames = /^[\w!#$%&'*+.^`|~-]+(?:[ \t]*,[ \t]*[\w!#$%&'*+.^`|~-]+)*$/
