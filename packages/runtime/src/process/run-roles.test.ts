import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'

import { bundleEntries, type BundledEntries } from '../../test/bundle-entries.ts'
import { type RedisServer, startRedisServer } from '../../test/redis-server.ts'
import { startProcess, type TestProcess } from '../../test/start-process.ts'

let entries: BundledEntries
let redis: RedisServer
const running: TestProcess[] = []

beforeAll(async () => {
  entries = await bundleEntries(['threaded-main', 'threaded-worker'])
  redis = await startRedisServer()
})

afterEach(async () => {
  for (const { child, exit } of running.splice(0)) {
    child.kill('SIGKILL')
    await exit
  }
})

afterAll(async () => {
  await redis.kill()
  await entries.remove()
})

function start(role: string): TestProcess {
  const file = entries.url('threaded-main').pathname
  const process = startProcess(file, { REDIS_URL: redis.url }, ['--role', role])
  running.push(process)
  return process
}

async function ready(process: TestProcess): Promise<string> {
  const line = JSON.parse(await process.line('readyInMs')) as { msg: string }
  return line.msg.replace('listening on ', '')
}

async function locateJob(url: string): Promise<{ pid: number; threadId: number }> {
  const response = await fetch(`${url}/home/locateJob`, { method: 'POST' })
  return (await response.json()) as { pid: number; threadId: number }
}

async function stop(process: TestProcess): Promise<number | string> {
  process.child.kill('SIGTERM')
  return process.exit
}

test('runs jobs in the threads of their pool', async () => {
  const all = start('all')
  const place = await locateJob(await ready(all))
  expect(place.pid).toBe(all.child.pid)
  expect(place.threadId).toBeGreaterThan(0)
  expect(await stop(all)).toBe(0)
})

test('splits the roles over processes', async () => {
  const [gateway, jobs, scheduler] = [start('gateway'), start('jobs'), start('scheduler')]
  const [url] = await Promise.all([gateway, jobs, scheduler].map(ready))
  expect((await locateJob(url!)).pid).toBe(jobs.child.pid)
  expect(jobs.stdout.join('\n')).not.toContain('listening on')
  expect(await Promise.all([gateway, jobs, scheduler].map(stop))).toEqual([0, 0, 0])
})
