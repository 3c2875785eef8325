import { taggedJson } from '@neemata/gateway/formats'
import { Redis } from 'ioredis'

import type { Logger } from '../../declare/logger.ts'
import type { EventBridge } from '../../pubsub/event-bridge.ts'
import type { EventMessage } from '../../pubsub/event-message.ts'

export interface RedisEventBridgeOptions {
  readonly url: string
  readonly logger: Logger
  /** Names this process: what it publishes itself is not handed back to it. */
  readonly origin: string
  readonly receive: (message: EventMessage) => void
}

const prefix = 'neemata:event:'

/**
 * Carries events by Redis's publish and subscribe, on two connections that are made again with backoff
 * when they are lost. What is published while there is no connection is refused at once.
 */
export function createRedisEventBridge(options: RedisEventBridgeOptions): EventBridge {
  const { url, logger, origin, receive } = options
  const publisher = new Redis(url, {
    // Waiting for a server that is away would hold up the caller's own work.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy,
  })
  const subscriber = new Redis(url, { maxRetriesPerRequest: null, retryStrategy })
  const clients = [publisher, subscriber]
  reportOutages(publisher, logger)
  reportOutages(subscriber)
  const firstAttempt = new Promise<void>((resolve) => {
    publisher.once('ready', resolve)
    publisher.once('close', resolve)
  })

  subscriber.on('message', (channel: string, text: string) => {
    const message = readMessage(text)
    if (message === undefined) {
      logger.warn({ channel }, 'a message of a foreign sender was left out')
    } else if (message.origin !== origin) {
      receive({ event: channel.slice(prefix.length), payload: message.payload })
    }
  })

  return {
    publish({ event, payload }) {
      const text = String(taggedJson.encode({ origin, payload }))
      return firstAttempt.then(async () => void (await publisher.publish(prefix + event, text)))
    },
    follow: (event) => void subscriber.subscribe(prefix + event).catch(ignoreClosed),
    unfollow: (event) => void subscriber.unsubscribe(prefix + event).catch(ignoreClosed),
    async close() {
      for (const client of clients) client.disconnect()
    },
  }
}

/** 50 ms, doubled up to 5 s, so that a server that restarts is found soon and one that is away left alone. */
function retryStrategy(attempt: number): number {
  return Math.min(5_000, 50 * 2 ** Math.min(attempt - 1, 10))
}

/** Logs one line when the connection is lost and one when it is back. Without a logger: keeps silent. */
function reportOutages(client: Redis, logger?: Logger): void {
  let isAway = false
  let isWanted = true
  const lose = (err?: Error): void => {
    if (!isAway && isWanted) {
      logger?.warn({ err }, 'Redis can not be reached, events stay in this process')
    }
    isAway = true
  }
  client.on('error', lose)
  client.on('close', () => lose())
  client.on('end', () => (isWanted = false))
  client.on('ready', () => {
    if (isAway) logger?.info('Redis is reached again, events leave this process')
    isAway = false
  })
}

function readMessage(text: string): { origin: unknown; payload: unknown } | undefined {
  try {
    const message = taggedJson.decode(text)
    return typeof message === 'object' && message !== null && 'origin' in message
      ? { origin: message.origin, payload: (message as { payload?: unknown }).payload }
      : undefined
  } catch {
    return undefined
  }
}

/** A subscription that waits in line is refused when the connection is closed for good. */
function ignoreClosed(): void {}
