import type { MessagePort } from 'node:worker_threads'

/** A running job, with what proves that it is ours. */
export interface HeldJob {
  readonly queue: string
  readonly id: string
  readonly token: string
}

export type LockMessage =
  | { readonly type: 'hold'; readonly job: HeldJob }
  | { readonly type: 'release'; readonly job: HeldJob }

/**
 * Has the locks of running jobs extended by another thread, so that a handler that computes for long
 * does not lose its job.
 */
export interface Locks {
  hold(job: HeldJob): void
  release(job: HeldJob): void
  close(): void
}

export function connectLocks(port: MessagePort): Locks {
  const send = (message: LockMessage) => port.postMessage(message)
  return {
    hold: (job) => send({ type: 'hold', job }),
    release: (job) => send({ type: 'release', job }),
    close: () => port.close(),
  }
}
