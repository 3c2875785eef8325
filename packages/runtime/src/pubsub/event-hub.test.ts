import { ApiError, defineEvent } from '@neemata/application'
import { afterEach, describe, expect, test } from 'vitest'
import { z } from 'zod'

import { createLogger } from '../logging/create-logger.ts'
import type { EventBridge } from './event-bridge.ts'
import type { EventMessage } from './event-message.ts'
import { EventHub, type EventHubOptions } from './event-hub.ts'

const counted = defineEvent({ name: 'test/counted', payload: z.object({ n: z.number() }) })
const dated = defineEvent({
  name: 'test/dated',
  payload: z.string().transform((text) => new Date(text)),
})

const logs: Record<string, unknown>[] = []
const logger = createLogger(
  { level: 'debug' },
  { write: (line) => void logs.push(JSON.parse(line) as Record<string, unknown>) },
)
const hubs: EventHub[] = []

function createHub(options: Partial<EventHubOptions> = {}): EventHub {
  const hub = new EventHub({ channel: crypto.randomUUID(), logger, ...options })
  hubs.push(hub)
  return hub
}

afterEach(async () => {
  for (const hub of hubs.splice(0)) await hub.stop()
  logs.length = 0
})

async function take<Value>(events: AsyncIterator<Value>, count: number): Promise<Value[]> {
  const values: Value[] = []
  while (values.length < count) values.push((await events.next()).value)
  return values
}

describe('publishing', () => {
  test('tells every subscriber of that event', async () => {
    const hub = createHub()
    const [a, b] = [hub.subscribe(counted), hub.subscribe(counted)]
    const other = hub.subscribe(dated)
    await hub.publish(counted, { n: 1 })
    await hub.publish(dated, '2031-05-01')
    expect(await take(a, 1)).toEqual([{ n: 1 }])
    expect(await take(b, 1)).toEqual([{ n: 1 }])
    expect(await take(other, 1)).toEqual([new Date('2031-05-01')])
  })

  test('refuses a payload that the schema refuses', async () => {
    const hub = createHub()
    const events = hub.subscribe(counted)
    const failure = hub.publish(counted, { n: 'one' } as never)
    await expect(failure).rejects.toMatchObject({
      code: 'validation_failed',
      data: { issues: [{ path: ['n'] }] },
    })
    await expect(failure).rejects.toBeInstanceOf(ApiError)
    await hub.publish(counted, { n: 2 })
    expect(await take(events, 1)).toEqual([{ n: 2 }])
  })

  test('gives each subscriber a copy of its own', async () => {
    const hub = createHub()
    const anything = defineEvent({ name: 'test/any', payload: z.any() })
    const [a, b] = [hub.subscribe(anything), hub.subscribe(anything)]
    const payload = { list: [1] }
    const published = hub.publish(anything, payload)
    payload.list.push(2)
    await published
    const [first] = await take(a, 1)
    expect(first).toEqual({ list: [1] })
    first.list.push(3)
    expect(await take(b, 1)).toEqual([{ list: [1] }])
  })

  test('refuses what can not be copied', async () => {
    const anything = defineEvent({ name: 'test/any', payload: z.any() })
    await expect(createHub().publish(anything, { run: () => 1 })).rejects.toMatchObject({
      code: 'NM7302',
    })
  })

  test('reaches nobody after the stop', async () => {
    const hub = createHub()
    await hub.stop()
    await hub.publish(counted, { n: 1 })
    expect(await hub.subscribe(counted).next()).toEqual({ done: true, value: undefined })
  })
})

describe('a subscription', () => {
  test('ends when its loop is left', async () => {
    const hub = createHub()
    const events = hub.subscribe(counted)
    await hub.publish(counted, { n: 1 })
    for await (const event of events) {
      expect(event).toEqual({ n: 1 })
      break
    }
    await hub.publish(counted, { n: 2 })
    expect(await events.next()).toEqual({ done: true, value: undefined })
  })

  test('lets a waiting reader go at once', async () => {
    const hub = createHub()
    const controller = new AbortController()
    const bySignal = hub.subscribe(counted, { signal: controller.signal })
    const byReturn = hub.subscribe(counted)
    const byStop = hub.subscribe(counted)
    const waiting = [bySignal.next(), byReturn.next(), byStop.next()]
    controller.abort()
    await byReturn.return?.()
    await hub.stop()
    for (const result of await Promise.all(waiting)) expect(result.done).toBe(true)
  })

  test('is over before it began when aborted', async () => {
    const events = createHub().subscribe(counted, { signal: AbortSignal.abort() })
    expect((await events.next()).done).toBe(true)
  })

  test.each([
    { overflow: 'drop-oldest', kept: [3, 4] },
    { overflow: 'drop-newest', kept: [1, 2] },
  ] as const)('keeps a bounded number with $overflow', async ({ overflow, kept }) => {
    const hub = createHub()
    const events = hub.subscribe(counted, { buffer: 2, overflow })
    for (const n of [1, 2, 3, 4]) await hub.publish(counted, { n })
    expect(await take(events, 2)).toEqual(kept.map((n) => ({ n })))
    await hub.publish(counted, { n: 5 })
    expect(await take(events, 1)).toEqual([{ n: 5 }])
  })

  test('fails after what it kept with close', async () => {
    const hub = createHub()
    const events = hub.subscribe(counted, { buffer: 2, overflow: 'close' })
    for (const n of [1, 2, 3, 4]) await hub.publish(counted, { n })
    expect(await take(events, 2)).toEqual([{ n: 1 }, { n: 2 }])
    await expect(events.next()).rejects.toMatchObject({ code: 'unavailable' })
    expect((await events.next()).done).toBe(true)
  })

  test('refuses a buffer of nothing', () => {
    expect(() => createHub().subscribe(counted, { buffer: 0 })).toThrow(RangeError)
  })

  test('leaves out what its own schema refuses', async () => {
    const hub = createHub()
    const strict = defineEvent({
      name: 'test/counted',
      payload: z.object({ n: z.number().min(2) }),
    })
    const events = hub.subscribe(strict)
    await hub.publish(counted, { n: 1 })
    await hub.publish(counted, { n: 2 })
    expect(await take(events, 1)).toEqual([{ n: 2 }])
    expect(logs).toContainEqual(
      expect.objectContaining({ msg: 'an event was refused', event: 'test/counted' }),
    )
  })
})

describe('hubs of one process', () => {
  test('share a channel by its name', async () => {
    const channel = crypto.randomUUID()
    const [a, b] = [createHub({ channel }), createHub({ channel })]
    const events = b.subscribe(counted)
    await a.publish(counted, { n: 1 })
    expect(await take(events, 1)).toEqual([{ n: 1 }])
  })

  test('hear nothing of another channel', async () => {
    const channel = crypto.randomUUID()
    const [a, b, stranger] = [createHub({ channel }), createHub({ channel }), createHub()]
    const heard = stranger.subscribe(counted)
    const events = b.subscribe(counted)
    await a.publish(counted, { n: 1 })
    await take(events, 1)
    await stranger.publish(counted, { n: 2 })
    expect(await take(heard, 1)).toEqual([{ n: 2 }])
  })
})

describe('a bridge', () => {
  class MemoryBridge implements EventBridge {
    readonly sent: EventMessage[] = []
    readonly followed = new Set<string>()
    failure: Error | undefined
    async publish(message: EventMessage): Promise<void> {
      if (this.failure) throw this.failure
      this.sent.push(message)
    }
    follow(event: string): void {
      this.followed.add(event)
    }
    unfollow(event: string): void {
      this.followed.delete(event)
    }
    async close(): Promise<void> {}
  }

  test('follows what has subscribers', async () => {
    const bridge = new MemoryBridge()
    let receive: ((message: EventMessage) => void) | undefined
    const hub = createHub({
      connectBridge(options) {
        receive = options.receive
        return bridge
      },
    })
    const events = hub.subscribe(counted)
    const more = hub.subscribe(counted)
    await hub.publish(counted, { n: 1 })
    expect(bridge.followed).toEqual(new Set(['test/counted']))
    expect(bridge.sent).toEqual([{ event: 'test/counted', payload: { n: 1 } }])
    receive?.({ event: 'test/counted', payload: { n: 2 } })
    expect(await take(events, 2)).toEqual([{ n: 1 }, { n: 2 }])
    await events.return?.()
    expect(bridge.followed.size).toBe(1)
    await more.return?.()
    await hub.publish(counted, { n: 3 })
    expect(bridge.followed.size).toBe(0)
  })

  test('that fails is logged once per outage', async () => {
    const bridge = new MemoryBridge()
    const hub = createHub({ connectBridge: () => bridge })
    const events = hub.subscribe(counted)
    bridge.failure = new Error('away')
    await hub.publish(counted, { n: 1 })
    await hub.publish(counted, { n: 2 })
    expect(await take(events, 2)).toEqual([{ n: 1 }, { n: 2 }])
    expect(logs.filter(({ level }) => level === 'warn')).toHaveLength(1)
  })

  test('that can not be made leaves the process alone', async () => {
    const hub = createHub({ connectBridge: () => Promise.reject(new Error('no client')) })
    const events = hub.subscribe(counted)
    await hub.publish(counted, { n: 1 })
    expect(await take(events, 1)).toEqual([{ n: 1 }])
    expect(logs.filter(({ level }) => level === 'error')).toHaveLength(1)
  })
})
