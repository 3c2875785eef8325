import { afterEach, expect, test } from 'vitest'

import { Redis } from 'ioredis'

import { type RedisServer, startRedisServer } from '../../../test/redis-server.ts'
import { createLogger } from '../../logging/create-logger.ts'
import type { EventBridge } from '../../pubsub/event-bridge.ts'
import type { EventMessage } from '../../pubsub/event-message.ts'
import { createRedisEventBridge } from './redis-event-bridge.ts'

const logs: { readonly msg?: string }[] = []
const logger = createLogger(
  { level: 'debug' },
  { write: (line) => void logs.push(JSON.parse(line) as object) },
)
const open: { close(): unknown }[] = []
let redis: RedisServer | undefined

afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
  await redis?.kill()
  logs.length = 0
})

/** Collects what it is handed, and lets a test wait for it. */
class Inbox {
  readonly messages: EventMessage[] = []
  #notify: () => void = () => undefined
  receive = (message: EventMessage): void => {
    this.messages.push(message)
    this.#notify()
  }
  async until(isThere: () => boolean): Promise<void> {
    while (!isThere()) await new Promise<void>((resolve) => (this.#notify = resolve))
  }
}

function connect(url: string, origin: string, inbox: Inbox = new Inbox()): EventBridge {
  const bridge = createRedisEventBridge({ url, logger, origin, receive: inbox.receive })
  open.push(bridge)
  return bridge
}

/** Publishes again and again, since a subscription takes a moment, until it arrives. */
async function publishUntil(bridge: EventBridge, isThere: () => boolean): Promise<void> {
  for (let n = 1; !isThere(); n++) {
    await bridge.publish({ event: 'test', payload: n }).catch(() => undefined)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

test('carries every value there is', async () => {
  redis = await startRedisServer()
  const inbox = new Inbox()
  const payload = { at: new Date(5), big: 5n, map: new Map([[1, new Set(['x'])]]), none: undefined }
  connect(redis.url, 'b', inbox).follow('test')
  const a = connect(redis.url, 'a')
  await publishUntil(a, () => inbox.messages.length > 0)
  inbox.messages.length = 0
  await a.publish({ event: 'test', payload })
  await inbox.until(() => inbox.messages.some((message) => typeof message.payload === 'object'))
  expect(inbox.messages.at(-1)).toEqual({ event: 'test', payload })
})

test('refuses what can not travel at once', async () => {
  redis = await startRedisServer()
  const a = connect(redis.url, 'a')
  expect(() => a.publish({ event: 'test', payload: { run: () => 1 } })).toThrow(/run/)
})

test('hands nothing back to its own process', async () => {
  redis = await startRedisServer()
  const [own, other] = [new Inbox(), new Inbox()]
  connect(redis.url, 'a', own).follow('test')
  connect(redis.url, 'b', other).follow('test')
  const a = connect(redis.url, 'a')
  const b = connect(redis.url, 'b')
  await publishUntil(b, () => own.messages.length > 0)
  await publishUntil(a, () => other.messages.length > 0)
  own.messages.length = 0
  await a.publish({ event: 'test', payload: 'from a' })
  await b.publish({ event: 'test', payload: 'from b' })
  await own.until(() => own.messages.some(({ payload }) => payload === 'from b'))
  expect(own.messages.map(({ payload }) => payload)).not.toContain('from a')
})

test('comes back after Redis was away', async () => {
  redis = await startRedisServer()
  const inbox = new Inbox()
  connect(redis.url, 'b', inbox).follow('test')
  const a = connect(redis.url, 'a')
  await publishUntil(a, () => inbox.messages.length > 0)
  await redis.kill()
  await expect(
    (async () => {
      // The first one may still go into the socket of the server that is gone.
      for (;;) await a.publish({ event: 'test', payload: 'lost' })
    })(),
  ).rejects.toThrow()
  await redis.restart()
  inbox.messages.length = 0
  await publishUntil(a, () => inbox.messages.length > 0)
  const said = logs.map(({ msg }) => msg)
  expect(said).toContain('Redis is reached again, events leave this process')
})

test('leaves out what others put on its channel', async () => {
  redis = await startRedisServer()
  const inbox = new Inbox()
  connect(redis.url, 'b', inbox).follow('test')
  const a = connect(redis.url, 'a')
  await publishUntil(a, () => inbox.messages.length > 0)
  const stranger = new Redis(redis.url)
  open.push({ close: () => stranger.disconnect() })
  await stranger.publish('neemata:event:test', '{"half')
  await stranger.publish('neemata:event:test', '[1]')
  await a.publish({ event: 'test', payload: 'after' })
  await inbox.until(() => inbox.messages.at(-1)?.payload === 'after')
  expect(
    logs.filter(({ msg }) => msg === 'a message of a foreign sender was left out'),
  ).toHaveLength(2)
})
