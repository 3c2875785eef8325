import type { Reply } from './reply.ts'

/** Brings calls to a server. */
export interface Transport {
  /**
   * Sends one call. The timeout ends when the answer, or the stream's beginning, is there; the signals
   * end a stream too.
   * @throws {ApiError | ConnectionError | FormatError} or the reason of a signal
   */
  send(request: TransportRequest): Promise<Reply>
  /** Ends what runs and refuses what comes. */
  close(): void
}

export interface TransportRequest {
  /** App and path, `shop/orders/create`. */
  readonly procedure: string
  readonly input: unknown
  /** Milliseconds; 0 or `Infinity`: none. */
  readonly timeout: number
  readonly signals: readonly AbortSignal[]
}
