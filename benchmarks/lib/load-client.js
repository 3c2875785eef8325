// @ts-check
// A process of its own that keeps a server busy: so many connections, each sending the next request
// when the last was answered. It writes and reads bytes itself, so that it needs much less of a
// processor than the server does. Prints `{ "calls": …, "seconds": … }`.
import { connect } from 'node:net'

import { sampleCall } from '../one-procedure/sample-call.js'

const [port, connections, seconds] = process.argv.slice(2).map(Number)
const body = Buffer.from(sampleCall.body)
const head = [
  `POST ${sampleCall.path} HTTP/1.1`,
  `host: 127.0.0.1:${port}`,
  'content-type: application/json',
  `content-length: ${body.length}`,
]
const bytes = Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body])

let calls = 0
const started = performance.now()
for (let i = 0; i < (connections ?? 1); i++) openConnection()

setTimeout(
  () => {
    console.log(JSON.stringify({ calls, seconds: (performance.now() - started) / 1000 }))
    process.exit(0)
  },
  (seconds ?? 1) * 1000,
)

function openConnection() {
  const socket = connect(port ?? 0, '127.0.0.1', () => socket.write(bytes))
  socket.setNoDelay(true)
  let pending = ''
  socket.on('data', (chunk) => {
    pending = pending === '' ? chunk.toString('latin1') : pending + chunk.toString('latin1')
    const length = readResponseLength(pending)
    if (length === undefined || pending.length < length) return
    pending = pending.slice(length)
    calls++
    socket.write(bytes)
  })
  socket.on('error', fail)
  socket.on('close', () => fail(new Error('the server closed a connection')))
}

/**
 * @param {string} response as much as arrived
 * @returns {number | undefined} bytes of head and body, `undefined` while the head is incomplete
 */
function readResponseLength(response) {
  const end = response.indexOf('\r\n\r\n')
  if (end === -1) return undefined
  if (!response.startsWith('HTTP/1.1 200 ')) fail(new Error(response.slice(0, end)))
  const length = /content-length: *(\d+)/i.exec(response.slice(0, end))?.[1]
  if (length === undefined) fail(new Error(`no content-length in:\n${response.slice(0, end)}`))
  return end + 4 + Number(length)
}

/**
 * @param {Error} error
 * @returns {never}
 */
function fail(error) {
  console.error(error.message)
  process.exit(1)
}
