import type { IncomingMessage, ServerResponse } from 'node:http'

export interface LingeringAnswer {
  readonly request: IncomingMessage
  /** Its head was written; the connection closes after it. */
  readonly response: ServerResponse
  readonly text: string | Uint8Array
  /** Bytes of the request that are still taken, and thrown away. */
  readonly maxBytes: number
}

/**
 * Ends an answer to a request whose body is not wanted. Closing at once would reset the connection, and
 * a client that still sends would lose the answer; so the rest is thrown away for a short while.
 */
export function endLingering({ request, response, text, maxBytes }: LingeringAnswer): void {
  response.write(text)
  let left = maxBytes
  const end = (): void => {
    clearTimeout(timer)
    request.off('data', discard)
    request.pause()
    response.end()
  }
  const discard = (chunk: Uint8Array): void => {
    left -= chunk.length
    if (left < 0) end()
  }
  const timer = setTimeout(end, lingerTime)
  request.on('data', discard)
  request.once('end', end)
  response.once('close', () => clearTimeout(timer))
}

/** Milliseconds. */
const lingerTime = 1_000
