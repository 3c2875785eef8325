/** Why a server closes a WebSocket. Names and numbers never change. */
export const closeCode = {
  /** The server shuts down; connect again, to another one. */
  going_away: 1001,
  /** A binary message, where the subprotocol is text. */
  unsupported_data: 1003,
  /** A message beyond `limits.frameSize`. */
  frame_too_large: 1009,
  /** A frame that the protocol doesn't know, or not at this moment. Connecting again won't help. */
  protocol_error: 4400,
  /** The client left pings unanswered. */
  ping_timeout: 4408,
  /** The client takes less than it is sent; more than `limits.queuedBytes` wait for it. */
  slow_consumer: 4429,
  /** The server failed. */
  internal_error: 4500,
} as const

export type CloseReason = keyof typeof closeCode
