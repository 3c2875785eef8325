import { type EventMessage, isEventMessage } from './event-message.ts'

/** Carries events between the threads of this process; what a thread posts does not come back to it. */
export interface ThreadChannel {
  /** @throws DataCloneError for a payload that can't be copied */
  post(message: EventMessage): void
  close(): void
}

/**
 * Joins the threads that use the same name. The channel alone keeps no process alive.
 * @param name belongs to one process of one system: threads of another runtime must not hear it
 */
export function openThreadChannel(
  name: string,
  receive: (message: EventMessage) => void,
): ThreadChannel {
  const channel = new BroadcastChannel(name)
  channel.addEventListener('message', (event) => {
    const { data } = event as Event & { readonly data: unknown }
    if (isEventMessage(data)) receive(data)
  })
  // Browsers' types don't know it, nor does a browser run this.
  ;(channel as { unref?: () => void }).unref?.()
  return {
    post(message) {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has none
      channel.postMessage(message)
    },
    close: () => channel.close(),
  }
}
