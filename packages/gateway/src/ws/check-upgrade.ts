import type { IncomingMessage } from 'node:http'

import type { Rejection } from '../http/client-error.ts'
import { jsonSubprotocol } from '../protocol/frames.ts'

/** What is wrong with a WebSocket handshake; `undefined`: nothing. */
export function checkUpgrade({ method, headers }: IncomingMessage): Rejection | undefined {
  if (method !== 'GET') {
    return refuse('method_not_allowed', 'A WebSocket begins with a GET.')
  }
  if (!/^[+/0-9A-Za-z]{22}==$/.test(headers['sec-websocket-key'] ?? '')) {
    return refuse('bad_request', 'Sec-WebSocket-Key is missing or malformed.')
  }
  if (headers['sec-websocket-version'] !== '13') {
    return refuse('bad_request', 'Sec-WebSocket-Version is not 13.')
  }
  const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim())
  if (!offered.includes(jsonSubprotocol)) {
    return refuse('bad_request', `Sec-WebSocket-Protocol does not offer ${jsonSubprotocol}.`)
  }
  return undefined
}

function refuse(code: 'method_not_allowed' | 'bad_request', message: string): Rejection {
  return { error: { code, message } }
}
