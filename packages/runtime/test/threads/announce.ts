import { BroadcastChannel } from 'node:worker_threads'

const channel = 'neemata-test-announcements'

/** Tells every thread of the process. */
export function announce(text: string): void {
  const sender = new BroadcastChannel(channel)
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has none
  sender.postMessage(text)
  sender.close()
}

export interface Announcements {
  /** Resolves to the first text that has the prefix, now or later. */
  until(prefix: string): Promise<string>
  close(): void
}

export function listen(): Announcements {
  const texts: string[] = []
  const watchers = new Set<() => void>()
  const receiver = new BroadcastChannel(channel)
  // Node 20 has no other way that keeps its types.
  // oxlint-disable-next-line unicorn/prefer-add-event-listener
  receiver.onmessage = (event: unknown) => {
    texts.push((event as { data: string }).data)
    for (const watch of watchers) watch()
  }
  return {
    until: (prefix) =>
      new Promise((resolve) => {
        const watch = () => {
          const text = texts.find((one) => one.startsWith(prefix))
          if (text === undefined) return
          watchers.delete(watch)
          resolve(text)
        }
        watchers.add(watch)
        watch()
      }),
    close: () => receiver.close(),
  }
}
