import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

import { taggedJson } from '@neemata/gateway/formats'
import type { ClientFrame, ServerFrame } from '@neemata/gateway/protocol'
import { type WebSocket, WebSocketServer } from 'ws'

/** One socket of a client, from the server's side. */
export interface FrameSocket {
  readonly socket: WebSocket
  /** What the client has said. */
  readonly frames: readonly ClientFrame[]
  send(frame: ServerFrame): void
  /** The frame that the client says as number `count`, 1 being its first; waited for. */
  frame(count: number): Promise<ClientFrame>
}

/** A server that says what a test tells it to, in frames or not. */
export interface FrameServer {
  readonly url: string
  readonly port: number
  readonly sockets: readonly FrameSocket[]
  /** The socket that comes as number `count`; waited for. */
  socket(count: number): Promise<FrameSocket>
  /** Cuts all sockets off and frees the port. */
  stop(): Promise<void>
}

export interface FrameServerOptions {
  readonly port?: number
  readonly protocol?: string | false
  /** Whether the next client is let in. */
  readonly accept?: () => boolean
}

export async function startFrameServer(options: FrameServerOptions = {}): Promise<FrameServer> {
  const { port = 0, protocol = 'neemata.v1.json', accept = () => true } = options
  const server = new WebSocketServer({
    port,
    host: '127.0.0.1',
    path: '/ws',
    handleProtocols: () => protocol,
    verifyClient: accept,
  })
  await once(server, 'listening')
  const sockets: FrameSocket[] = []
  const changes = new Changes()
  server.on('connection', (socket) => {
    sockets.push(createFrameSocket(socket, changes))
    changes.tell()
  })
  const address = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    sockets,
    socket: (count) => changes.until(() => sockets[count - 1]),
    async stop() {
      for (const client of server.clients) client.terminate()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function createFrameSocket(socket: WebSocket, changes: Changes): FrameSocket {
  const frames: ClientFrame[] = []
  socket.on('message', (data) => {
    frames.push(taggedJson.decode(String(data)) as ClientFrame)
    changes.tell()
  })
  return {
    socket,
    frames,
    send: (frame) => socket.send(String(taggedJson.encode(frame))),
    frame: (count) => changes.until(() => frames[count - 1]),
  }
}

/** Lets tests wait for what will be there. */
class Changes {
  readonly #waiting = new Set<() => void>()

  tell(): void {
    for (const resolve of this.#waiting) resolve()
    this.#waiting.clear()
  }

  async until<Value>(read: () => Value | undefined): Promise<Value> {
    for (;;) {
      const value = read()
      if (value !== undefined) return value
      await new Promise<void>((resolve) => this.#waiting.add(resolve))
    }
  }
}
