import {
  ApiError,
  defineFilter,
  defineGuard,
  defineInjectable,
  defineMiddleware,
  defineStream,
} from '@neemata/application'
import { afterEach, expect, test } from 'vitest'
import { z } from 'zod'

import { createDeferred } from '../../test/create-deferred.ts'
import { createTestConfig } from '../../test/create-test-system.ts'
import { createLogger, createRuntime, type Registry, type Runtime } from '../index.ts'
import { inject } from '../declare/index.ts'

type AnyStream = ReturnType<typeof defineStream<any, any, any, any>>

const events = 'text/event-stream'
let runtime: Runtime | undefined

afterEach(() => runtime?.stop({ timeout: 100 }))

/** Starts a system whose app `app` has these streams; reads one as server-sent events. */
async function start(streams: Readonly<Record<string, AnyStream>>) {
  const procedures = Object.fromEntries(
    Object.entries(streams).map(([path, stream]) => [
      path,
      {
        load: () => stream,
        kind: 'stream' as const,
        readonly: false,
        guards: [],
        middleware: [],
        at: 'app.ts:1:1',
      },
    ]),
  )
  const registry: Registry = {
    version: 1,
    apps: {
      app: { type: 'api', procedures, jobs: {}, commands: {}, plugins: [], slots: 'inline' },
    },
  }
  const logger = createLogger({ level: 'silent' })
  const limits = { callTimeout: 30 }
  const started = createRuntime(registry, createTestConfig(['app'], limits), { logger })
  runtime = started
  await started.start()
  const url = started.gateway.addresses()[0]!.url
  return (path: string, input?: unknown, signal?: AbortSignal) =>
    fetch(`${url}/app/${path}`, {
      method: 'POST',
      headers: { accept: events, 'content-type': 'application/json' },
      body: input === undefined ? null : JSON.stringify(input),
      signal: signal ?? null,
    })
}

test('runs middleware, guards and validation for streams', async () => {
  const seen: string[] = []
  const numbers = defineStream({
    input: z.object({ to: z.coerce.number() }),
    output: z.number().transform((n) => n * 10),
    guards: [defineGuard({ handler: () => void seen.push('guard') })],
    middleware: [
      defineMiddleware({
        async handler(_context, _call, next) {
          seen.push('before')
          const items = (await next()) as AsyncIterable<number>
          return (async function* () {
            for await (const item of items) yield item + 1
          })()
        },
      }),
    ],
    async *handler(_, { to }) {
      seen.push('handler')
      for (let n = 1; n <= to; n++) yield n
    },
  })
  const read = await start({ numbers })
  const text = await (await read('numbers', { to: '3' })).text()
  expect(text).toBe('data: 11\n\ndata: 21\n\ndata: 31\n\nevent: end\ndata:\n\n')
  expect(seen).toEqual(['before', 'guard', 'handler'])
  const refused = await read('numbers', {})
  expect(refused.status).toBe(400)
  expect(await refused.json()).toMatchObject({ code: 'validation_failed' })
})

test('takes errors between items through the filters', async () => {
  class Sold extends Error {}
  const failing = defineStream({
    filters: [
      defineFilter({ error: Sold, handler: () => new ApiError('conflict', 'Sold.', { at: 2 }) }),
    ],
    async *handler() {
      yield 1
      throw new Sold()
    },
  })
  const read = await start({ failing })
  const text = await (await read('failing')).text()
  expect(text).toMatch(
    /^data: 1\n\nevent: error\ndata: \{.*"code":"conflict","data":\{"at":2\}\}\n\n$/,
  )
})

test('refuses an item that its schema refuses', async () => {
  const wrong = defineStream({
    output: z.number(),
    async *handler() {
      yield 1
      yield 'two' as unknown as number
    },
  })
  const read = await start({ wrong })
  expect(await (await read('wrong')).text()).toMatch(/^data: 1\n\nevent: error\n.*internal_error/)
})

test('refuses a handler that returns no items', async () => {
  const broken = defineStream({ handler: () => 5 as unknown as AsyncIterable<number> })
  const read = await start({ broken })
  expect((await read('broken')).status).toBe(500)
})

test('lets a stream outlive the call timeout', async () => {
  const slow = defineStream({
    async *handler() {
      yield 1
      await new Promise((resolve) => setTimeout(resolve, 100))
      yield 2
    },
  })
  const read = await start({ slow })
  expect(await (await read('slow')).text()).toContain('data: 2')
})

test('ends the generator and its values with the client', async () => {
  const seen: string[] = []
  const disposed = createDeferred()
  const resource = defineInjectable({
    scope: 'call',
    create: () => 'resource',
    dispose() {
      seen.push('disposed')
      disposed.resolve()
    },
  })
  const watch = defineStream({
    dependencies: { resource, signal: inject.signal },
    async *handler({ signal }) {
      try {
        yield 'first'
        await new Promise((resolve) => signal.addEventListener('abort', resolve))
        yield 'unread'
      } finally {
        seen.push(`aborted ${signal.aborted}`)
      }
    },
  })
  const read = await start({ watch })
  const client = new AbortController()
  const response = await read('watch', undefined, client.signal)
  await response.body!.getReader().read()
  expect(seen).toEqual([])
  client.abort()
  await disposed.promise
  expect(seen).toEqual(['aborted true', 'disposed'])
})

test('answers at once though the generator ignores its end', async () => {
  const deaf = defineStream({
    async *handler() {
      yield 1
      await new Promise(() => {})
    },
  })
  const read = await start({ deaf })
  const response = await read('deaf')
  const reader = response.body!.getReader()
  await reader.read()
  const stopped = runtime!.stop({ timeout: 3_000 })
  const { value } = await reader.read()
  expect(new TextDecoder().decode(value)).toContain('"code":"unavailable"')
  await stopped
})
