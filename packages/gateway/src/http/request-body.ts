import type { IncomingMessage } from 'node:http'

/** Whether a request announces a body, before any of it was read. */
export function announcesBody({ headers }: IncomingMessage): boolean {
  const length = headers['content-length']
  return headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0')
}

/** The announced size in bytes; `undefined` for a chunked body. */
export function announcedSize({ headers }: IncomingMessage): number | undefined {
  const length = headers['content-length']
  return length === undefined ? undefined : Number(length)
}

export interface BodyReceiver {
  /** The whole body; called at most once, and never after `bodyTooLarge`. */
  bodyReceived(bytes: Uint8Array): void
  /** The body is larger than the limit; nothing more of it is read. */
  bodyTooLarge(): void
}

/** Collects a request's body, up to a limit in bytes. */
export function receiveBody(request: IncomingMessage, limit: number, receiver: BodyReceiver): void {
  new BodyCollector(request, limit, receiver).start()
}

class BodyCollector {
  private readonly request: IncomingMessage
  private readonly limit: number
  private readonly receiver: BodyReceiver
  private readonly chunks: Uint8Array[] = []
  private size = 0

  constructor(request: IncomingMessage, limit: number, receiver: BodyReceiver) {
    this.request = request
    this.limit = limit
    this.receiver = receiver
  }

  start(): void {
    this.request.on('data', this.take)
    this.request.on('end', this.finish)
  }

  private readonly take = (chunk: Uint8Array): void => {
    this.size += chunk.length
    if (this.size <= this.limit) {
      this.chunks.push(chunk)
      return
    }
    this.request.off('data', this.take)
    this.request.off('end', this.finish)
    this.request.pause()
    this.receiver.bodyTooLarge()
  }

  private readonly finish = (): void => {
    const [only] = this.chunks
    const whole = this.chunks.length === 1 && only ? only : Buffer.concat(this.chunks, this.size)
    this.receiver.bodyReceived(whole)
  }
}
