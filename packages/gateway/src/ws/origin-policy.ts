import type { IncomingHttpHeaders } from 'node:http'

import type { Cors } from '../http/cors.ts'

/** What a page may do here: nothing, connect as a stranger, or connect as its user. */
export type OriginVerdict = 'refused' | 'anonymous' | 'trusted'

/**
 * Judges the origin of an upgrade request. Browsers apply no CORS to WebSockets, so the server has to:
 * a page of another origin would else speak with its visitor's cookies.
 */
export function judgeOrigin({ origin, host }: IncomingHttpHeaders, cors: Cors): OriginVerdict {
  if (origin === undefined || isSameOrigin(origin, host)) return 'trusted'
  if (cors === false) return 'refused'
  if (cors === true) return 'anonymous'
  if (!cors.origins.includes(origin)) return 'refused'
  return cors.credentials ? 'trusted' : 'anonymous'
}

/** The scheme is not compared: a proxy in front may have ended TLS. */
function isSameOrigin(origin: string, host: string | undefined): boolean {
  return (
    host !== undefined && URL.canParse(origin) && new URL(origin).host === normalize(host, origin)
  )
}

/** Without the port that the origin's scheme implies. */
function normalize(host: string, origin: string): string {
  const url = `${new URL(origin).protocol}//${host}`
  return URL.canParse(url) ? new URL(url).host : host
}
