import type { HostReply, HostRequest } from './host-messages.ts'
import type { ThreadFailure } from './thread-failure.ts'

/** What a worker thread says to the main thread. */
export type FromWorker =
  | HostRequest
  | HostReply
  /** Everything of this thread runs; calls may come. */
  | { readonly type: 'ready' }
  /** It could not start; the thread exits after this. */
  | { readonly type: 'failed'; readonly failure: ThreadFailure }
  /** The hooks that `leave` asked for have run. */
  | { readonly type: 'leaving' }
