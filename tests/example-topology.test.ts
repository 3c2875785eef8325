import { rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Client, createClient } from 'neemata/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'

import type { Trip } from '../examples/trips/trip.ts'
import type { Contract } from '../generated/contract.ts'
import { type RedisServer, startRedisServer } from '../packages/runtime/test/redis-server.ts'
import { buildExample, type ExampleBuild } from './support/example-build.ts'
import { post } from './support/http.ts'
import { repository } from './support/repository.ts'
import type { StartedNode } from './support/start-node.ts'

const authorization = 'Bearer ada-token'
const everySecond = { "cron: '* * * * *'": "cron: '* * * * * *'" }

/** The API in two slots, one of which alone runs trips, and procedures that make trouble on demand. */
const slotted = {
  files: {
    'examples/trips/probes.ts': path.join(repository, 'tests/fixtures/topology/probes.ts'),
  },
  edits: {
    'neemata.config.ts': {
      'workers: {': 'workers: { api: { threads: 2 },',
      "application: './examples/trips/index.ts',":
        "application: './examples/trips/index.ts', workers: { count: 1 },",
    },
    'examples/trips/router.ts': {
      'import { watch }': "import { crash, hold } from './probes.ts'\nimport { watch }",
      'defineRouter({ ': 'defineRouter({ crash, hold, ',
    },
  },
}

describe('as it is', () => {
  let build: ExampleBuild
  let server: StartedNode

  beforeAll(async () => {
    build = await buildExample({ edits: { 'neemata.config.ts': everySecond } })
    server = await build.start()
  })
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]()
    await build?.[Symbol.asyncDispose]()
  })

  test('reminds and counts with the embedded store', async () => {
    // Whoever counts has begun with the first digest.
    const digest = JSON.parse(await server.line(/Trips since the last digest/))
    expect(digest).toMatchObject({ trips: 0, travellers: 0 })
    const trip = await createTrip(server, { departure: tomorrow(), travellers: 3 })
    await expectReminder(server, trip)
    const counted = JSON.parse(await server.line(/"trips":[1-9]/))
    expect(counted).toMatchObject({ label: 'digest', trips: 1, travellers: 3 })
  })

  test.each(['http', 'ws'] as const)('streams new trips over %s', async (transport) => {
    const client = connect(server, transport)
    const [id] = (await client.places.search({ text: 'zurich', limit: 1 })).map(({ id }) => id)
    expect(id).toBe(zurich)

    const watched = client.trips.watch()[Symbol.asyncIterator]()
    const { seen, created } = await watchFirst(server, watched)
    const last = await createTrip(server)
    created.push(last)
    while (seen.at(-1)?.id !== last.id) seen.push((await watched.next()).value)
    expect(seen).toEqual(created.slice(-seen.length))
    await watched.return?.()
    client.$close()
  })

  test('runs the command and refuses others', async () => {
    const [stats, unknown] = await Promise.all([
      build.command('places/stats', '--country', 'CH', '--json'),
      build.command('places/statistics'),
    ])
    expect(stats.code, stats.stderr).toBe(0)
    expect(JSON.parse(stats.stdout)).toMatchObject({
      of: 'Switzerland',
      places: expect.any(Number),
      largest: expect.stringContaining('Zürich'),
    })
    expect(unknown).toMatchObject({ code: 2, stdout: '' })
    expect(unknown.stderr).toContain('There is no command "places/statistics"')
  })

  describe.skipIf(process.env['NEEMATA_TEST_REDIS'] === 'absent')('with Redis', () => {
    let redis: RedisServer

    beforeAll(async () => {
      redis = await startRedisServer()
    })
    afterAll(() => redis?.kill())

    test('reminds from one process', async () => {
      await using all = await build.start({ REDIS_URL: redis.url })
      await expectReminder(all, await createTrip(all, { departure: tomorrow() }))
      expect(all.output()).not.toContain('embedded')
    })

    test('splits its roles over processes', async () => {
      const startRole = (role: string) => build.start({ REDIS_URL: redis.url }, '--role', role)
      const roles = await Promise.all(['gateway', 'jobs', 'scheduler'].map(startRole))
      await using _gateway = roles[0]
      await using _jobs = roles[1]
      await using _scheduler = roles[2]
      const [gateway, jobs, scheduler] = roles as [StartedNode, StartedNode, StartedNode]
      expect(jobs.url + scheduler.url).toBe('')

      // Whoever counts has begun with the first digest.
      await jobs.line(/Trips since the last digest/)
      await expectReminder(jobs, await createTrip(gateway, { departure: tomorrow() }))
      await jobs.line(/"trips":[1-9]/)
      for (const other of [gateway, scheduler]) {
        expect(other.output()).not.toMatch(/departs on|since the last digest/)
      }
      for (const { kill } of roles) kill('SIGTERM')
      expect(await Promise.all(roles.map(({ ended }) => ended))).toEqual([0, 0, 0])
    })
  })
})

describe('in slots', () => {
  const gate = path.join(tmpdir(), `neemata-gate-${process.pid}`)
  let build: ExampleBuild
  let server: StartedNode

  beforeAll(async () => {
    build = await buildExample(slotted)
    server = await build.start({ GATE: gate })
  })
  afterAll(async () => {
    await rm(gate, { force: true })
    await server?.[Symbol.asyncDispose]()
    await build?.[Symbol.asyncDispose]()
  })

  test('replaces a thread that died', async () => {
    const client = connect(server, 'ws')
    await createTrip(server)
    expect(await client.trips.list({})).toHaveLength(1)

    await writeFile(gate, 'The next thread has to wait.')
    expect(await post(`${server.url}/trips/crash`)).toMatchObject({
      status: 503,
      body: { code: 'unavailable' },
    })
    expect(JSON.parse(await server.line(/a thread died/))).toMatchObject({
      thread: 'slot 0',
      err: { message: 'a mistake in a timer' },
    })
    expect(await statuses(server)).toEqual({ healthz: 200, readyz: 503, list: 503 })
    const search = () => post(`${server.url}/places/search`, { text: 'zurich', limit: 1 })
    const answers = await Promise.all(Array.from({ length: 10 }, search))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    await expect(client.trips.list({})).rejects.toMatchObject({ code: 'unavailable' })

    await rm(gate)
    await server.line(/a thread was replaced/)
    expect(await statuses(server)).toEqual({ healthz: 200, readyz: 200, list: 200 })
    // What the thread held in memory is gone with it; the socket is not.
    expect(await client.trips.list({})).toEqual([])
    client.$close()
  })

  test('loses no accepted call on SIGTERM', async () => {
    const client = connect(server, 'ws')
    const watched = client.trips.watch()[Symbol.asyncIterator]()
    await watchFirst(server, watched)

    await writeFile(gate, 'Calls are held.')
    const calls = Array.from({ length: 50 }, () => post(`${server.url}/trips/hold`))
    await expect.poll(() => server.output().match(/a call is held/g)?.length).toBe(calls.length)
    server.kill('SIGTERM')
    await server.line(/"stopping"/)
    await expect.poll(async () => (await fetch(`${server.url}/readyz`)).status).toBe(503)
    const late = await post(`${server.url}/places/search`, { text: 'san' })
    expect(late).toMatchObject({ status: 503, body: { code: 'unavailable' } })
    await expect(drain(watched)).rejects.toMatchObject({ code: 'unavailable' })

    await rm(gate)
    const answers = await Promise.all(calls)
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]))
    expect(await server.ended).toBe(0)
    client.$close()
  })
})

const zurich = 2657896
const london = 2643743
let year = 2040

function connect({ url }: StartedNode, transport: 'http' | 'ws'): Client<Contract> {
  return createClient<Contract>(
    transport === 'ws'
      ? { url, transport, WebSocket, authorization }
      : { url, headers: { authorization } },
  )
}

/** Creates a trip over HTTP; one in a year of its own unless told, since nobody travels twice a day. */
async function createTrip(
  { url }: StartedNode,
  { departure = `${year++}-05-01`, travellers = 1 } = {},
): Promise<Trip> {
  const trip = { from: zurich, to: london, departure, travellers }
  const created = await post(`${url}/trips/create`, trip, { authorization })
  expect(created.status, JSON.stringify(created.body)).toBe(200)
  return created.body
}

/** Creates trips until one is seen: a watch begins on its own time. */
async function watchFirst(
  server: StartedNode,
  watched: AsyncIterator<Trip>,
): Promise<{ readonly seen: Trip[]; readonly created: Trip[] }> {
  const seen: Trip[] = []
  const created: Trip[] = []
  const first = watched.next().then(({ value }) => seen.push(value))
  while (seen.length === 0) created.push(await createTrip(server))
  await first
  return { seen, created }
}

async function drain(watched: AsyncIterator<Trip>): Promise<void> {
  while (!(await watched.next()).done);
}

async function expectReminder(server: StartedNode, trip: Trip): Promise<void> {
  const reminder = JSON.parse(await server.line(new RegExp(`"trip":"${trip.id}"`)))
  expect(reminder).toMatchObject({
    label: 'reminders',
    userId: 'ada',
    msg: `Zürich – London departs on ${trip.departure}.`,
  })
}

/** A departure whose reminder is due. */
function tomorrow(): string {
  return new Date(Date.now() + 24 * 60 * 60 * 1_000).toISOString().slice(0, 10)
}

async function statuses({ url }: StartedNode) {
  const [healthz, readyz, list] = await Promise.all([
    fetch(`${url}/healthz`),
    fetch(`${url}/readyz`),
    post(`${url}/trips/list`, {}, { authorization }),
  ])
  return { healthz: healthz.status, readyz: readyz.status, list: list.status }
}
