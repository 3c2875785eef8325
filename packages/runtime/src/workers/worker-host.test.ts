import type { CallOutcome, Connection, Session } from '@neemata/gateway'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'

import { hostBehaviours } from '../../../gateway/test/host-suite.ts'
import { bundleEntries, type BundledEntries } from '../../test/bundle-entries.ts'
import { type Announcements, listen } from '../../test/threads/announce.ts'
import { createThreadedParts } from '../../test/threads/threaded-parts.ts'
import { createPlacedRoutes } from '../host/create-placed-routes.ts'
import { createLogger } from '../logging/create-logger.ts'
import { Threads } from './threads.ts'

let entries: BundledEntries
let threads: Threads
let announcements: Announcements
let gaveUp: Promise<Error>
let logs: Record<string, unknown>[]

const connection: Connection = {
  id: 'connection-1',
  transport: 'http',
  protocol: 'ws',
  headers: { 'x-user': 'ada' },
  remoteAddress: '127.0.0.1',
}

beforeAll(async () => {
  entries = await bundleEntries(['threaded-worker'])
})

afterAll(() => entries.remove())

beforeEach(async () => {
  const { registry, config } = createThreadedParts()
  logs = []
  announcements = listen()
  const slots = new Map([
    ['fixture', [0, 1]],
    ['front', [0]],
    ['back', [1]],
  ])
  gaveUp = new Promise((onGiveUp) => {
    threads = new Threads({
      entry: entries.url('threaded-worker'),
      slots,
      pools: new Map(),
      routes: createPlacedRoutes(registry, slots.keys(), config.apps),
      logger: createLogger(
        { level: 'info' },
        { write: (line) => void logs.push(JSON.parse(line) as Record<string, unknown>) },
      ),
      createStoreAddress: undefined,
      events: 'worker-host.test',
      onGiveUp,
      policy: { attempts: 2, delay: 1, longestDelay: 1, stableAfter: 60_000 },
    })
  })
  await threads.start(threads.host)
})

afterEach(async () => {
  await threads.stop(1_000)
  announcements.close()
})

let lastId = 0

function call(session: Session, procedure: string, input?: unknown): Promise<CallOutcome> {
  return threads.host.call(session, { id: ++lastId, procedure, input })
}

const open = (app: string) => threads.host.open(connection, app)

async function readStream(outcome: CallOutcome, count = Infinity): Promise<unknown[]> {
  if (outcome.type !== 'stream') throw new Error(`not a stream: ${JSON.stringify(outcome)}`)
  const items: unknown[] = []
  for await (const item of outcome.stream) if (items.push(item) >= count) break
  return items
}

/** Resolves once the slot of that number answers again. */
async function untilReady(): Promise<void> {
  while (!threads.host.health().ready) await new Promise((resolve) => setTimeout(resolve, 5))
}

test.each(Object.entries(hostBehaviours))('%s', async (_, check) => check(threads.host))

test('spreads sessions over the slots and keeps them', async () => {
  const [one, other] = [open('fixture'), open('fixture')]
  const waiting = call(one, 'watched', 'one')
  await announcements.until('began one')
  const there = await call(other, 'where')
  expect(await call(one, 'where')).not.toEqual(there)
  expect(await call(other, 'where')).toEqual(there)
  threads.host.close(one)
  expect(await waiting).toMatchObject({ error: { code: 'cancelled' } })
  await announcements.until('ended one cancelled')
})

test('carries long streams in order', async () => {
  const items = await readStream(await call(open('front'), 'count', { to: 5_000 }))
  expect(items).toEqual(Array.from({ length: 5_000 }, (_, index) => index + 1))
})

test('ends a stream with its error as data', async () => {
  const outcome = await call(open('front'), 'count', { to: 3, fails: true })
  const error = { code: 'conflict', message: 'No more.', data: { to: 3 } }
  await expect(readStream(outcome)).rejects.toMatchObject(error)
})

test('stops a producer whose reader is slow or leaves', async () => {
  const outcome = await call(open('front'), 'endless', 'a')
  expect(await readStream(outcome, 10)).toHaveLength(10)
  const ended = await announcements.until('ended a at')
  expect(Number(ended.split(' ').at(-1))).toBeLessThanOrEqual(300)
})

test('explains an item that can not travel', async () => {
  const outcome = await call(open('front'), 'unsendableItems')
  await expect(readStream(outcome)).rejects.toMatchObject({ code: 'internal_error' })
})

test('calls applications of other slots as the caller', async () => {
  const session = open('front')
  const here = await call(session, 'where')
  expect(await call(session, 'relay', { to: 'back/whoami' })).toEqual({
    type: 'value',
    value: { user: 'ada' },
  })
  const there = await call(session, 'relay', { to: 'back/where' })
  expect(there).not.toEqual(here)
  expect(there).toEqual(await call(open('back'), 'where'))
})

test('streams from an application of another slot', async () => {
  const input = { to: 'back/count', input: { to: 600 } }
  expect(await readStream(await call(open('front'), 'relayStream', input))).toHaveLength(600)
})

test('brings errors of another slot back', async () => {
  const input = { to: 'back/refuse', input: { order: 7n } }
  expect(await call(open('front'), 'relay', input)).toMatchObject({
    error: { code: 'conflict', message: 'Shipped already.', data: { order: 7n } },
  })
})

test('cancels what a cancelled call had called', async () => {
  const session = open('front')
  const input = { to: 'back/watched', input: 'far' }
  const outcome = threads.host.call(session, { id: 7_000, procedure: 'relay', input })
  await announcements.until('began far')
  threads.host.cancel(session, 7_000, { code: 'timeout', message: 'Too late.' })
  expect(await outcome).toMatchObject({ error: { code: 'timeout' } })
  expect(await announcements.until('ended far')).toBe('ended far timeout')
})

test('limits a call to another slot in time', async () => {
  const input = { to: 'back/watched', input: 'late', timeout: 20 }
  expect(await call(open('front'), 'relay', input)).toMatchObject({ error: { code: 'timeout' } })
  expect(await announcements.until('ended late')).toBe('ended late timeout')
})

test('refuses a circle of calls over slots', async () => {
  const outcome = await call(open('front'), 'pingPong', ['back/pingPong', 'front/pingPong'])
  expect(outcome).toMatchObject({ type: 'error', error: { code: 'internal_error' } })
})

test.each(['exit', 'throw', 'reject'])('survives a thread that ends by %s', async (how) => {
  const [front, back] = [open('front'), open('back')]
  const stream = await call(front, 'endless', how)
  const waiting = call(front, 'watched', how)
  await announcements.until(`began ${how}`)
  const died = call(front, 'die', how)
  const unavailable = { error: { code: 'unavailable' } }
  expect(await died).toMatchObject(unavailable)
  expect(await waiting).toMatchObject(unavailable)
  await expect(readStream(stream)).rejects.toMatchObject({ code: 'unavailable' })
  expect(threads.host.health().ready).toBe(false)
  expect(await call(front, 'echo', 1)).toMatchObject(unavailable)
  expect(await call(back, 'echo', 2)).toEqual({ type: 'value', value: 2 })
  expect(await call(open('fixture'), 'echo', 3)).toEqual({ type: 'value', value: 3 })

  await untilReady()
  expect(await call(front, 'echo', 4)).toEqual({ type: 'value', value: 4 })
  expect(logs).toContainEqual(expect.objectContaining({ thread: 'slot 0', msg: 'a thread died' }))
})

test('gives up after too many deaths', async () => {
  for (let deaths = 0; deaths < 3; deaths++) {
    await untilReady()
    await call(open('back'), 'die', 'exit')
  }
  expect(await gaveUp).toMatchObject({ code: 'NM7502' })
})
