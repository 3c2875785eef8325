import type { HostReply, HostRequest } from './host-messages.ts'

/** What the main thread says to a worker thread. */
export type ToWorker =
  | HostRequest
  | HostReply
  /** The end is near: run the hooks that still serve, then answer `leaving`. */
  | { readonly type: 'leave' }
  /** Let what runs finish for at most `timeout` ms, release all, and exit. */
  | { readonly type: 'stop'; readonly timeout: number }
