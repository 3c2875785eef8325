/** The path of a request target: up to the query, absolute-form without its authority. */
export function readPath(target: string): string {
  const queryStart = target.indexOf('?')
  const path = queryStart === -1 ? target : target.slice(0, queryStart)
  return path.startsWith('/') ? path : path.replace(/^https?:\/\/[^/]*/i, '') || '/'
}

/** The raw query of a request target, without the `?`. */
export function readQuery(target: string): string {
  const queryStart = target.indexOf('?')
  return queryStart === -1 ? '' : target.slice(queryStart + 1)
}

/**
 * Decodes each segment of a path once. Slashes are never added, dropped or merged: `/a//b`, `/a/b/` and
 * `/a%2Fb` name something else than `/a/b`. `undefined` when the encoding is malformed.
 */
export function decodePath(path: string): string | undefined {
  if (!path.includes('%')) return path
  try {
    // What decodes to a slash keeps its encoding, so that it can't pass for a separator.
    return path.split('/').map(decodeSegment).join('/')
  } catch {
    return undefined
  }
}

function decodeSegment(segment: string): string {
  const decoded = decodeURIComponent(segment)
  return decoded.includes('/') ? segment : decoded
}
