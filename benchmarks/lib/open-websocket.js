// @ts-check
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { request } from 'node:http'

/**
 * @typedef {object} OpenWebSocket
 * @property {boolean} isOpen
 * @property {number} localPort tells sockets apart
 * @property {(procedure: string, input: object) => Promise<unknown>} call its value; one at a time
 * @property {() => void} destroy
 */

/**
 * Opens a WebSocket by hand: enough of the protocol for short calls, and nothing between us and the
 * socket that might connect anew unseen.
 * @param {{ port: number, path: string }} target
 * @returns {Promise<OpenWebSocket>}
 */
export async function openWebSocket({ port, path }) {
  const upgrade = request({
    host: '127.0.0.1',
    port,
    path,
    headers: {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': randomBytes(16).toString('base64'),
      'sec-websocket-protocol': 'neemata.v1.json',
    },
  })
  upgrade.end()
  const [, socket] = await once(upgrade, 'upgrade')
  let isOpen = true
  let received = ''
  let wake = () => {}
  let lastId = 0
  const close = () => {
    isOpen = false
    wake()
  }
  socket.on('error', close).on('end', close).on('close', close)
  socket.on('data', (/** @type {Buffer} */ chunk) => {
    received += chunk.toString('latin1')
    wake()
  })
  return {
    get isOpen() {
      return isOpen
    },
    localPort: socket.localPort,
    async call(procedure, input) {
      const id = ++lastId
      received = ''
      socket.write(encodeFrame(JSON.stringify({ type: 'call', id, procedure, input })))
      for (;;) {
        const text = /\{.*\}/s.exec(received)?.[0]
        const answer = text === undefined ? undefined : parse(text)
        if (answer?.type === 'result' && answer.id === id) return answer.value
        if (answer?.type === 'error') throw new Error(text)
        if (!isOpen) throw new Error('the socket was closed')
        await new Promise((resolve) => (wake = () => resolve(undefined)))
      }
    },
    destroy: () => socket.destroy(),
  }
}

/** @param {string} text */
function parse(text) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * A masked text frame.
 * @param {string} text
 */
function encodeFrame(text) {
  const payload = Buffer.from(text)
  if (payload.length > 0xffff) throw new Error('the frame is too long for this client')
  const short = payload.length < 126
  const head = Buffer.alloc(short ? 2 : 4)
  head[0] = 0x81
  head[1] = 0x80 | (short ? payload.length : 126)
  if (!short) head.writeUInt16BE(payload.length, 2)
  // A mask of zeros leaves the bytes as they are.
  return Buffer.concat([head, Buffer.alloc(4), payload])
}
