import { ApiError, defineProcedure, defineStream } from '@neemata/application'
import { afterEach, expect, test } from 'vitest'
import { z } from 'zod'

import { createTestSystem, type TestApp, type TestSystem } from '../../test/create-test-system.ts'
import { inject } from '../declare/index.ts'

interface Apps {
  readonly source: Record<
    string,
    (input?: unknown, options?: { signal?: AbortSignal }) => AsyncIterable<any>
  >
}

let system: TestSystem | undefined

afterEach(() => system?.runtime.stop({ timeout: 100 }))

/** A system whose app `front` reads the streams of the app `source`. */
async function start(
  source: TestApp['procedures'],
  read: (apps: Apps) => Promise<unknown>,
): Promise<TestSystem> {
  const run = defineProcedure({
    dependencies: { apps: inject.apps },
    handler: ({ apps }) => read(apps as unknown as Apps),
  })
  system = createTestSystem({
    apps: { front: { procedures: { run } }, source: { procedures: source } },
  })
  await system.runtime.start()
  return system
}

const state = { running: 0, begun: 0 }

const count = defineStream({
  input: z.any(),
  async *handler() {
    state.running++
    state.begun++
    try {
      for (let n = 0; ; n++) yield { n, list: [n] }
    } finally {
      state.running--
    }
  },
})

test('reads copies of the items of another app', async () => {
  const shared = { list: [1] }
  const same = defineStream({
    async *handler() {
      yield shared
      yield shared
    },
  })
  const { call } = await start({ same }, async (apps) => {
    const items: unknown[] = []
    for await (const item of apps.source['same']!()) items.push(item, item === shared)
    return items
  })
  expect((await call('/front/run')).body).toEqual([{ list: [1] }, false, { list: [1] }, false])
})

test('begins the call with the first item', async () => {
  const before = state.begun
  const { call } = await start({ count }, async (apps) => {
    const items = apps.source['count']!()[Symbol.asyncIterator]()
    const begun = state.begun
    await items.next()
    await items.return?.()
    return { begun, running: state.running }
  })
  expect((await call('/front/run')).body).toEqual({ begun: before, running: 0 })
  expect(state.begun).toBe(before + 1)
})

test('ends the stream that its reader breaks off', async () => {
  const { call } = await start({ count }, async (apps) => {
    for await (const { n } of apps.source['count']!()) if (n >= 3) break
    return state.running
  })
  expect((await call('/front/run')).body).toBe(0)
})

test('ends a stream that its reader forgot', async () => {
  const { call } = await start({ count }, async (apps) => {
    await apps.source['count']!()[Symbol.asyncIterator]().next()
    return state.running
  })
  expect((await call('/front/run')).body).toBe(1)
  await expect.poll(() => state.running).toBe(0)
})

test("throws the other app's error as an ApiError", async () => {
  const failing = defineStream({
    async *handler() {
      yield 1
      throw new ApiError('conflict', 'Sold.', { at: 1 })
    },
  })
  const { call } = await start({ failing }, async (apps) => {
    try {
      for await (const _ of apps.source['failing']!()) continue
      return 'no error'
    } catch (error) {
      return error instanceof ApiError && [error.code, error.message, error.data]
    }
  })
  expect((await call('/front/run')).body).toEqual(['conflict', 'Sold.', { at: 1 }])
})

test("ends when the caller's signal aborts", async () => {
  const { call } = await start({ count }, async (apps) => {
    const { signal, abort } = createAbort()
    try {
      for await (const { n } of apps.source['count']!(undefined, { signal })) if (n === 2) abort()
      return 'no error'
    } catch (error) {
      return { code: (error as ApiError).code, running: state.running }
    }
  })
  expect((await call('/front/run')).body).toEqual({ code: 'cancelled', running: 0 })
})

function createAbort() {
  const controller = new AbortController()
  return { signal: controller.signal, abort: () => controller.abort() }
}
