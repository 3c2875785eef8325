import { connect, type Socket } from 'node:net'

/** An HTTP answer as it came over a bare socket. */
export interface RawAnswer {
  readonly status: number
  readonly headers: Headers
  readonly body: string
}

/** Opens a bare connection that can send any bytes. */
export async function openSocket(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('error', reject)
  })
  socket.on('error', () => undefined)
  return socket
}

/** Everything that arrives until the other side closes. */
export function readToEnd(socket: Socket): Promise<string> {
  let text = ''
  socket.setEncoding('utf8')
  socket.on('data', (chunk: string) => (text += chunk))
  return new Promise((resolve) => socket.once('close', () => resolve(text)))
}

/** The next complete answer on a socket that may stay open; needs a `Content-Length` or a 204. */
export function readAnswer(socket: Socket): Promise<RawAnswer> {
  let text = ''
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      const answer = parseAnswer(text)
      if (answer === undefined) return
      socket.off('data', take)
      resolve(answer)
    }
    const take = (chunk: Buffer | string): void => {
      text += chunk.toString()
      settle()
    }
    socket.on('data', take)
    socket.once('close', () => reject(new Error(`closed after ${JSON.stringify(text)}`)))
  })
}

/** Sends bytes and reads all that the server has to say. */
export async function exchangeRaw(port: number, bytes: string | Uint8Array): Promise<string> {
  const socket = await openSocket(port)
  const answer = readToEnd(socket)
  socket.write(bytes)
  return answer
}

/** Reads the first answer in a text; `undefined` while it is incomplete. */
export function parseAnswer(text: string): RawAnswer | undefined {
  const end = text.indexOf('\r\n\r\n')
  if (end === -1) return undefined
  const [first = '', ...lines] = text.slice(0, end).split('\r\n')
  const status = Number(first.split(' ')[1])
  if (status === 100) return parseAnswer(text.slice(end + 4))
  const headers = new Headers(
    lines.map((line): [string, string] => [
      line.slice(0, line.indexOf(':')),
      line.slice(line.indexOf(':') + 1).trim(),
    ]),
  )
  const rest = Buffer.from(text.slice(end + 4))
  const length = Number(headers.get('content-length') ?? 0)
  if (rest.length < length) return undefined
  return { status, headers, body: rest.subarray(0, length).toString() }
}
