import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'

import { createJobRegistry, createJobSystem } from '../../test/create-job-system.ts'
import { allStores, durableStores, type PreparedStore } from '../../test/job-stores.ts'
import type { ScheduleConfig } from '../config.ts'
import { type AnyJob, defineJob } from '../declare/job.ts'
import { createLogger } from '../index.ts'
import { JobCatalogue } from '../jobs/job-catalogue.ts'
import { decodeJobData } from '../jobs/job-data.ts'
import { openStore } from '../stores/open-store.ts'
import type { Store, StoredAttempt } from '../stores/store.ts'
import { listSchedules } from './list-schedules.ts'
import { reconcileSchedules } from './reconcile-schedules.ts'
import { ownSchedule } from './schedule-id.ts'

type Schedules = Readonly<Record<string, ScheduleConfig>>

const logger = createLogger({ level: 'silent' })
const plain = defineJob({ handler: () => undefined })

/** A schedule of the job `app/<job>`. */
function every(second: string, job: string): ScheduleConfig {
  return { job: `app/${job}`, cron: `${second} * * * * *`, timezone: 'UTC' }
}

/** Every test has jobs of its own, since all share one store. */
describe.each(allStores.filter(([name]) => !name.endsWith('on disk')))(
  'schedules in %s',
  (_, prepare) => {
    let prepared: PreparedStore
    let store: Store

    beforeAll(async () => {
      prepared = await prepare()
      const { redisUrl: url, directory } = prepared.place
      store = await openStore({ redis: { url }, logger, directory })
    }, 60_000)

    afterAll(async () => {
      await store.close()
      await prepared.remove()
    })

    /** As a process does at its start; resolves to what it logs. */
    async function reconcile(
      jobs: Readonly<Record<string, AnyJob>>,
      schedules: Schedules,
    ): Promise<unknown[]> {
      const changes: unknown[] = []
      const write = (line: string) => {
        const { msg, schedule } = JSON.parse(line) as Record<string, unknown>
        changes.push([msg, schedule])
      }
      await reconcileSchedules({
        store: store.jobs,
        jobs: new JobCatalogue(createJobRegistry({ jobs })),
        schedules,
        logger: createLogger({ level: 'info' }, { write }),
      })
      return changes.sort()
    }

    /** Runs jobs until there were so many. */
    async function consume(jobs: readonly string[], count: number): Promise<StoredAttempt[]> {
      const ran: StoredAttempt[] = []
      const consumer = store.jobs.consume({
        jobs,
        concurrency: 10,
        run: (attempt) => Promise.resolve(String(ran.push(attempt))),
        onError: () => undefined,
      })
      try {
        await expect.poll(() => ran.length, { timeout: 10_000 }).toBeGreaterThanOrEqual(count)
        await consumer.pause()
        await consumer.idle()
        return ran
      } finally {
        await consumer.close()
      }
    }

    test('are added, changed and removed', async () => {
      const jobs = { report: plain }
      const often = every('*', 'report')
      const nightly = { job: 'app/report', cron: '0 3 * * *', timezone: 'Europe/Berlin' }
      const later = { nightly: { ...nightly, cron: '0 4 * * *' } }

      expect(await reconcile(jobs, { often, nightly })).toEqual([
        ['schedule added', 'nightly'],
        ['schedule added', 'often'],
      ])
      const listed = await listSchedules(store.jobs, { nightly })
      expect(listed).toMatchObject([{ name: 'nightly', job: 'app/report', cron: '0 3 * * *' }])
      const next = listed[0]?.next
      expect(next?.getTime()).toBeGreaterThan(Date.now())
      expect(next?.toLocaleString('en-GB', { timeZone: 'Europe/Berlin', hour: '2-digit' })).toBe(
        '03',
      )

      expect(await reconcile(jobs, later)).toEqual([
        ['schedule changed', 'nightly'],
        ['schedule removed', 'often'],
      ])
      expect(await reconcile(jobs, later)).toEqual([])
      expect(await listSchedules(store.jobs, { often })).toMatchObject([{ next: undefined }])
    })

    test('fire again and again with their input', async () => {
      const input = { note: 'tick' }
      await reconcile({ firing: plain }, { firing: { ...every('*', 'firing'), input } })
      const ran = await consume(['app/firing'], 2)
      expect(new Set(ran.map(({ id }) => id)).size).toBe(ran.length)
      expect(ran.map((attempt) => decodeJobData(attempt.input))).toEqual(ran.map(() => input))
    })

    test('refuse an input that the job does not take', async () => {
      const strict = defineJob({ input: z.object({ note: z.string() }), handler: () => undefined })
      const bad = { ...every('0', 'strict'), input: {} }

      await expect(reconcile({ strict }, { bad })).rejects.toThrow('bad')
    })

    test('leave jobs that wait when they change', async () => {
      const jobs = { changing: plain, removing: plain }
      const schedules = { changed: every('*', 'changing'), removed: every('*', 'removing') }
      await reconcile(jobs, schedules)
      const ticks = await Promise.all(
        Object.entries(schedules).map(async ([name, schedule]) => {
          const [info] = await listSchedules(store.jobs, { [name]: schedule })
          return { job: schedule.job, at: info!.next!, name }
        }),
      )
      for (const { job } of ticks) {
        await store.jobs.queue(job).add('1', { id: 'now', attempts: 1 })
        await store.jobs.queue(job).add('2', { id: 'later', attempts: 1, delay: 500 })
      }
      // Nobody fetches, so that the ticks are due and stay.
      const areDue = () => ticks.every(({ at }) => at.getTime() < Date.now())
      await expect.poll(areDue, { timeout: 5000 }).toBe(true)

      const changed = { ...every('*', 'changing'), cron: '0 0 1 1 *' }
      expect(await reconcile(jobs, { changed })).toEqual([
        ['schedule changed', 'changed'],
        ['schedule removed', 'removed'],
      ])

      const expected = ticks.flatMap(({ job, at, name }) =>
        ['now', 'later', `repeat:${ownSchedule(name)}:${at.getTime()}`].map((id) => `${job} ${id}`),
      )
      const ran = await consume(
        ticks.map(({ job }) => job),
        expected.length,
      )
      expect(ran.map(({ job, id }) => `${job} ${id}`).sort()).toEqual(expected.sort())
      const [next] = await listSchedules(store.jobs, { changed })
      expect(next?.next?.toISOString()).toMatch(/-01-01T00:00:00/)
    })
  },
)

describe.each(durableStores.filter(([name]) => name === 'Redis'))('on %s', (_, prepare) => {
  test('several processes fire each tick once', { timeout: 30_000 }, async () => {
    const { place, remove } = await prepare()
    const ticks: string[] = []
    const tick = defineJob({ handler: (_, __, { id }) => void ticks.push(id) })
    const scheduler = { often: every('*', 'tick') }
    const systems = Array.from({ length: 3 }, () =>
      createJobSystem({ jobs: { tick }, scheduler, ...place }),
    )
    try {
      await Promise.all(systems.map(({ runtime }) => runtime.start()))
      await expect.poll(() => ticks.length, { timeout: 20_000 }).toBeGreaterThan(3)
    } finally {
      await Promise.all(systems.map(({ runtime }) => runtime.stop()))
      await remove()
    }
    const added = systems.flatMap(({ logs }) => logs).filter(({ msg }) => msg === 'schedule added')
    expect(added).toHaveLength(1)
    const seconds = ticks.map((id) => Number(id.split(':').at(-1)) / 1000)
    expect(new Set(seconds).size).toBe(ticks.length)
    expect(seconds.every(Number.isInteger)).toBe(true)
  })
})
