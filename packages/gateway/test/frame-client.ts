import { once } from 'node:events'

import { type ClientOptions, WebSocket } from 'ws'

import { taggedJson } from '@neemata/gateway/formats'
import {
  type ClientFrame,
  jsonSubprotocol,
  readServerFrame,
  type ServerFrame,
} from '@neemata/gateway/protocol'

/** A client that speaks in frames, and does nothing by itself. */
export class FrameClient {
  readonly socket: WebSocket
  readonly frames: ServerFrame[] = []
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>
  private read = 0
  private wake: (() => void) | undefined

  constructor(socket: WebSocket) {
    this.socket = socket
    socket.on('message', (data) => {
      const frame = readServerFrame(taggedJson.decode(String(data)))
      if (frame) this.frames.push(frame)
      this.wake?.()
    })
    socket.on('error', () => undefined)
    this.closed = new Promise((resolve) => {
      socket.on('close', (code, reason) => {
        resolve({ code, reason: String(reason) })
        this.wake?.()
      })
    })
  }

  send(frame: ClientFrame): void {
    this.socket.send(String(taggedJson.encode(frame)))
  }

  /** The next frame that was not returned yet; rejects when the socket closes before. */
  async next(): Promise<ServerFrame> {
    while (this.read >= this.frames.length) {
      if (this.socket.readyState === WebSocket.CLOSED) throw new Error('the socket has closed')
      await new Promise<void>((resolve) => (this.wake = resolve))
    }
    return this.frames[this.read++]!
  }

  /** The next frame of that type. */
  async until<Type extends ServerFrame['type']>(
    type: Type,
  ): Promise<Extract<ServerFrame, { type: Type }>> {
    for (;;) {
      const frame = await this.next()
      if (frame.type === type) return frame as Extract<ServerFrame, { type: Type }>
    }
  }

  /** All items of a call so far. */
  items(id: number): unknown[] {
    return this.frames.flatMap((frame) =>
      frame.type === 'items' && frame.id === id ? frame.items : [],
    )
  }
}

/** A refused upgrade, with the body of the answer. */
export class UpgradeRefused extends Error {
  readonly status: number
  readonly body: unknown

  constructor(status: number, body: unknown) {
    super(`refused with ${status}`)
    this.status = status
    this.body = body
  }
}

/** Connects; rejects with `UpgradeRefused` if the server doesn't want it. */
export async function connectFrames(
  url: string,
  options: ClientOptions = {},
): Promise<FrameClient> {
  const socket = new WebSocket(url, jsonSubprotocol, options)
  const client = new FrameClient(socket)
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
    socket.once('unexpected-response', (_request, response) => {
      let text = ''
      response.on('data', (chunk: Buffer) => (text += chunk.toString()))
      response.on('end', () =>
        reject(new UpgradeRefused(response.statusCode ?? 0, JSON.parse(text))),
      )
    })
  })
  return client
}

/** Resolves when the client's socket has closed. */
export async function hangUp({ socket }: FrameClient): Promise<void> {
  if (socket.readyState === WebSocket.CLOSED) return
  const closed = once(socket, 'close')
  socket.close()
  await closed
}
