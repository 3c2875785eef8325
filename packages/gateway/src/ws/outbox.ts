import type { WebSocket } from 'ws'

export interface OutboxOptions {
  readonly socket: WebSocket
  /** Bytes beyond which no more is accepted. */
  readonly queuedBytes: number
  /** Something must be sent and the queue is full. */
  readonly onOverflow: () => void
  /** The queue is short again after `isFull`. */
  readonly onRoom: () => void
}

/** What waits for a client to take it. */
export class Outbox {
  private readonly options: OutboxOptions
  private wasFull = false

  constructor(options: OutboxOptions) {
    this.options = options
  }

  /** Whether producers and the reading of requests should wait for `onRoom`. */
  get isFull(): boolean {
    const { socket, queuedBytes } = this.options
    const isFull = socket.bufferedAmount > queuedBytes / 4
    if (isFull) this.wasFull = true
    return isFull
  }

  send(text: string): void {
    const { socket, queuedBytes, onOverflow } = this.options
    if (socket.readyState !== socket.OPEN) return
    if (socket.bufferedAmount > queuedBytes) onOverflow()
    else socket.send(text, this.sent)
  }

  private readonly sent = (): void => {
    if (!this.wasFull || this.isFull) return
    this.wasFull = false
    this.options.onRoom()
  }
}
