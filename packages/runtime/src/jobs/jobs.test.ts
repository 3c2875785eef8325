import { ApiError, defineInjectable } from '@neemata/application'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'

import { createDeferred } from '../../test/create-deferred.ts'
import { createJobSystem, type JobSystem, type TestQueue } from '../../test/create-job-system.ts'
import { allStores } from '../../test/job-stores.ts'
import { inject } from '../declare/inject.ts'
import { type AnyJob, defineJob } from '../declare/job.ts'

describe.each(allStores)('jobs on %s', (_, prepare) => {
  const jobs: Record<string, AnyJob> = {}
  let system: JobSystem
  let queue: TestQueue

  // Once for all tests: a new database takes seconds.
  beforeAll(async () => {
    const { place, remove } = await prepare()
    const pools = {
      io: { threads: 0, concurrency: 10 },
      narrow: { threads: 0, concurrency: 2 },
    }
    system = createJobSystem({ jobs, pools, ...place })
    await system.runtime.start()
    queue = await system.jobs()
    return async () => {
      await system.runtime.stop({ timeout: 2_000 })
      await remove()
    }
  })

  {
    const greet = defineJob({
      input: z.object({ name: z.string(), at: z.date() }),
      output: z.string(),
      handler: (_, { name, at }, { id, name: job, attempt }) =>
        `${job} ${id} ${attempt}: ${name} ${at.toISOString()}`,
    })
    jobs['greet'] = greet

    test('an added job runs and gives its output', async () => {
      const at = new Date(0)
      const id = await queue.add('app/greet', { name: 'Ada', at }, { id: '7' })

      expect(id).toBe('7')
      expect(await queue.wait('app/greet', id)).toBe('app/greet 7 1: Ada 1970-01-01T00:00:00.000Z')
      expect(await queue.get('app/greet', id)).toMatchObject({
        id: '7',
        name: 'app/greet',
        status: 'completed',
        attempts: 1,
        output: 'app/greet 7 1: Ada 1970-01-01T00:00:00.000Z',
      })
      await expect(queue.wait('app/greet', 'nobody')).rejects.toMatchObject({ code: 'not_found' })
      expect(await queue.get('app/greet', 'nobody')).toBeUndefined()
    })
  }

  {
    const echo = defineJob({ input: z.any(), output: z.any(), handler: (_, input) => input })
    jobs['echo'] = echo

    test('values of every kind survive the store', async () => {
      const value = {
        at: new Date(5),
        big: 12n,
        bytes: new Uint8Array([1, 2]),
        map: new Map([['a', 1]]),
        text: 'quote " backslash \\ nul-free ünïcode',
      }

      expect(await queue.wait('app/echo', await queue.add('app/echo', value))).toEqual(value)
      expect(await queue.wait('app/echo', await queue.add('app/echo'))).toBeUndefined()
    })
  }

  {
    const count = defineJob({ input: z.object({ n: z.number() }), handler: () => 1 })
    jobs['count'] = count

    test('an input that the schema refuses is not added', async () => {
      await expect(queue.add('app/count', { n: 'one' })).rejects.toMatchObject({
        code: 'validation_failed',
        data: { issues: [{ path: ['n'] }] },
      })
      await expect(queue.add('app/missing')).rejects.toThrow('app/count')
    })
  }

  {
    let parsed = 0
    const seen: unknown[] = []
    const input = z.string().transform((text) => `${text}!${++parsed}`)
    const shout = defineJob({ input, handler: (_, text) => void seen.push(text) })
    jobs['shout'] = shout

    test('the input is parsed again before it runs', async () => {
      await queue.wait('app/shout', await queue.add('app/shout', 'hey'))

      expect(seen).toEqual(['hey!2'])
    })
  }

  {
    const began: number[] = []
    const flaky = defineJob({
      attempts: 3,
      backoff: { type: 'fixed', delay: 300 },
      handler(_, __, { attempt }) {
        began.push(performance.now())
        if (attempt < 3) throw new Error(`attempt ${attempt}`)
        return attempt
      },
    })
    jobs['flaky'] = flaky

    test('a failed attempt is repeated after its backoff', async () => {
      const { logs } = system

      const id = await queue.add('app/flaky')

      expect(await queue.wait('app/flaky', id)).toBe(3)
      expect(await queue.get('app/flaky', id)).toMatchObject({ status: 'completed', attempts: 3 })
      expect((began[1] ?? 0) - (began[0] ?? 0)).toBeGreaterThan(250)
      expect(logs.filter(({ msg }) => msg === 'job failed, to be tried again')).toMatchObject([
        { job: 'app/flaky', id, attempt: 1 },
        { job: 'app/flaky', id, attempt: 2 },
      ])
    })
  }

  {
    const broken = defineJob({
      attempts: 2,
      handler() {
        throw new Error('no luck')
      },
    })
    jobs['broken'] = broken

    test('a job whose last attempt fails is kept', async () => {
      const { logs } = system

      const id = await queue.add('app/broken')

      await expect(queue.wait('app/broken', id)).rejects.toMatchObject({ code: 'internal_error' })
      expect(await queue.get('app/broken', id)).toMatchObject({
        status: 'failed',
        attempts: 2,
        error: 'no luck',
      })
      expect(logs).toContainEqual(expect.objectContaining({ msg: 'job failed', id, attempt: 2 }))
    })
  }

  {
    const wrong = defineJob({ output: z.number(), handler: (): any => 'text' })
    jobs['wrong'] = wrong

    test('an output that the schema refuses fails the job', async () => {
      const id = await queue.add('app/wrong')

      await expect(queue.wait('app/wrong', id)).rejects.toMatchObject({ code: 'internal_error' })
      expect((await queue.get('app/wrong', id))?.error).toContain('output schema refuses')
    })
  }

  {
    const reasons: unknown[] = []
    const slow = defineJob({
      timeout: 100,
      dependencies: { signal: inject.signal },
      handler: ({ signal }) =>
        new Promise<void>(() =>
          signal.addEventListener('abort', () => reasons.push(signal.reason)),
        ),
    })
    jobs['slow'] = slow

    test('an attempt out of time ends with its signal', async () => {
      const id = await queue.add('app/slow')

      await expect(queue.wait('app/slow', id)).rejects.toBeInstanceOf(ApiError)
      expect(reasons).toMatchObject([{ code: 'timeout' }])
      expect((await queue.get('app/slow', id))?.error).toContain('100 ms')
    })
  }

  {
    const later = defineJob({ handler: () => Date.now() })
    jobs['later'] = later

    test('a delayed job waits for its time', async () => {
      const added = Date.now()

      const id = await queue.add('app/later', undefined, { delay: 700 })

      expect(await queue.get('app/later', id)).toMatchObject({ status: 'delayed', attempts: 0 })
      expect(((await queue.wait('app/later', id)) as number) - added).toBeGreaterThanOrEqual(695)
    })
  }

  {
    let runs = 0
    const once = defineJob({ handler: () => ++runs })
    jobs['once'] = once

    test('a job of a known id is not added twice', async () => {
      const ids = [
        await queue.add('app/once', undefined, { id: 'the:one' }),
        await queue.add('app/once', undefined, { id: 'the:one' }),
      ]

      expect(ids).toEqual(['the:one', 'the:one'])
      expect(await queue.wait('app/once', 'the:one')).toBe(1)
      await queue.wait('app/once', await queue.add('app/once'))
      expect(runs).toBe(2)
    })
  }

  {
    let runs = 0
    const later11 = defineJob({ handler: () => ++runs })
    jobs['later11'] = later11

    test('a waiting job can be cancelled', async () => {
      const id = await queue.add('app/later11', undefined, { delay: 60_000 })
      const waiting = queue.wait('app/later11', id)
      waiting.catch(() => undefined)

      expect(await queue.cancel('app/later11', id)).toBe(true)

      await expect(waiting).rejects.toMatchObject({ code: 'cancelled' })
      expect(await queue.get('app/later11', id)).toMatchObject({ status: 'cancelled' })
      await queue.wait('app/later11', await queue.add('app/later11'))
      expect(runs).toBe(1)
      expect(await queue.cancel('app/later11', 'nobody')).toBe(false)
    })
  }

  {
    const begun = createDeferred<void>()
    const aborted = createDeferred<unknown>()
    const endless = defineJob({
      attempts: 5,
      dependencies: { signal: inject.signal },
      handler({ signal }) {
        signal.addEventListener('abort', () => aborted.resolve(signal.reason))
        begun.resolve()
        return new Promise<void>(() => undefined)
      },
    })
    jobs['endless'] = endless

    test('a running job is cancelled through its signal', async () => {
      const id = await queue.add('app/endless')
      await begun.promise

      expect(await queue.get('app/endless', id)).toMatchObject({ status: 'running', attempts: 1 })
      expect(await queue.cancel('app/endless', id)).toBe(true)

      expect(await aborted.promise).toMatchObject({ code: 'cancelled' })
      await expect(queue.wait('app/endless', id)).rejects.toMatchObject({ code: 'cancelled' })
      expect(await queue.get('app/endless', id)).toMatchObject({ status: 'cancelled' })
      expect(await queue.cancel('app/endless', id)).toBe(true)
    })
  }

  {
    const quick = defineJob({ handler: () => 1 })
    jobs['quick'] = quick

    test('a completed job can no longer be cancelled', async () => {
      const id = await queue.add('app/quick')
      await queue.wait('app/quick', id)

      expect(await queue.cancel('app/quick', id)).toBe(false)
    })
  }

  {
    const later14 = defineJob({ handler: () => 1 })
    jobs['later14'] = later14

    test('a wait ends with its time or signal', async () => {
      const id = await queue.add('app/later14', undefined, { delay: 60_000 })

      await expect(queue.wait('app/later14', id, { timeout: 50 })).rejects.toMatchObject({
        code: 'timeout',
      })
      const signal = AbortSignal.timeout(50)
      await expect(queue.wait('app/later14', id, { signal })).rejects.toMatchObject({
        code: 'cancelled',
      })
    })
  }

  {
    let now = 0
    let most = 0
    const work = () =>
      defineJob({
        pool: 'narrow',
        async handler() {
          most = Math.max(most, ++now)
          await new Promise((resolve) => setTimeout(resolve, 20))
          now--
        },
      })
    Object.assign(jobs, { first: work(), second: work(), third: work() })

    test('a pool never exceeds its concurrency', async () => {
      const names = ['app/first', 'app/second', 'app/third']

      const added = await Promise.all(
        Array.from({ length: 24 }, async (_, index) => {
          const name = names[index % 3] ?? ''
          return [name, await queue.add(name)] as const
        }),
      )
      await Promise.all(added.map(([name, id]) => queue.wait(name, id)))

      expect(most).toBe(2)
    })
  }

  {
    let made = 0
    const disposed: number[] = []
    const scratch = defineInjectable({
      scope: 'call',
      create: () => ++made,
      dispose: (value) => void disposed.push(value),
    })
    const use = defineJob({ dependencies: { scratch }, handler: ({ scratch: value }) => value })
    jobs['use'] = use

    test('each attempt has values of its own', async () => {
      const first = await queue.wait('app/use', await queue.add('app/use'))
      const second = await queue.wait('app/use', await queue.add('app/use'))

      expect([first, second]).toEqual([1, 2])
      await expect.poll(() => disposed).toEqual([1, 2])
    })
  }
})
