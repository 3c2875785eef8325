import { Redis } from 'ioredis'

import { prefix, type Signals } from '../bullmq/backend.ts'
import { readRedisUrl } from './redis-options.ts'

/** Connections are made on first use: one to publish, one to listen. */
export function createRedisSignals(url: string): Signals {
  const channel = `${prefix}:signals`
  const listeners = new Set<(message: string) => void>()
  let publisher: Redis | undefined
  let subscriber: Promise<Redis> | undefined

  const subscribe = async (): Promise<Redis> => {
    const client = connect(url)
    client.on('message', (_, message: string) => {
      for (const listener of listeners) listener(message)
    })
    await client.subscribe(channel)
    return client
  }
  return {
    async publish(message) {
      publisher ??= connect(url)
      await publisher.publish(channel, message)
    },
    async listen(listener) {
      listeners.add(listener)
      subscriber ??= subscribe()
      await subscriber
      return () => listeners.delete(listener)
    },
    async close() {
      publisher?.disconnect()
      const client = await subscriber?.catch(() => undefined)
      client?.disconnect()
    },
  }
}

function connect(url: string): Redis {
  const client = new Redis(readRedisUrl(url))
  // It connects again by itself; the workers report the outage.
  client.on('error', () => undefined)
  return client
}
