import { defineApplication, inject } from 'neemata'
import { createRuntime, type Registry } from 'neemata/runtime'
import { expect, onTestFinished, test } from 'vitest'

import { config } from '../../../generated/config.ts'
import { tripCreated } from '../trip-created.ts'
import { digest } from './digest.ts'
import { remind } from './remind.ts'

const stop = (name: string) => ({ id: 1, name, country: 'Somewhere' })
const trip = {
  id: '7f6a2f0e-58a5-4a6f-9d0b-0e7d5b1c2a34',
  from: stop('Zürich'),
  to: stop('London'),
  distance: 776,
  departure: '2031-05-01',
  travellers: 2,
}

async function startJobs() {
  const application = defineApplication({})
  const trips: Registry['apps'][string] = {
    type: 'worker',
    application: () => application,
    procedures: {},
    jobs: {
      remind: { load: () => remind, pool: 'io', at: 'remind.ts:7:14' },
      digest: { load: () => digest, pool: 'io', at: 'digest.ts:7:14' },
    },
    commands: {},
    plugins: [],
    slots: 'inline',
  }
  const runtime = createRuntime(
    { version: 1, apps: { trips } },
    {
      ...config,
      apps: { trips: { transports: [] } },
      transports: {},
      logging: { level: 'silent' },
      workers: { api: { threads: 0 }, jobs: { io: { threads: 0, concurrency: 5 } } },
      scheduler: {},
      redis: {},
    },
    { storeDirectory: 'memory://' },
  )
  await runtime.start()
  onTestFinished(() => runtime.stop())
  const jobs = (await runtime.container.get(inject.jobs)) as unknown as {
    add(name: string, input?: unknown): Promise<string>
    wait(name: string, id: string): Promise<unknown>
  }
  const pubsub = await runtime.container.get(inject.pubsub)
  return { jobs, pubsub }
}

test('a reminder and a digest say what they should', async () => {
  const { jobs, pubsub } = await startJobs()
  const run = async (name: string, input?: unknown) => jobs.wait(name, await jobs.add(name, input))

  expect(await run('trips/remind', { userId: 'ada', trip })).toBe(
    'Zürich – London departs on 2031-05-01.',
  )

  await pubsub.publish(tripCreated, { userId: 'ada', trip })
  await pubsub.publish(tripCreated, { userId: 'bob', trip })
  expect(await run('trips/digest')).toEqual({ trips: 2, travellers: 4 })
  expect(await run('trips/digest')).toEqual({ trips: 0, travellers: 0 })
})
