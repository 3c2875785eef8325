import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'

import { type RedisServer, startRedisServer } from '../../test/redis-server.ts'
import { bundleProcess, type TestProcess } from '../../test/start-process.ts'

let bundle: Awaited<ReturnType<typeof bundleProcess>>
const started: TestProcess[] = []

beforeAll(async () => {
  bundle = await bundleProcess('events.ts')
})

afterEach(async () => {
  for (const { child, exit } of started.splice(0)) {
    child.kill('SIGKILL')
    await exit
  }
})

afterAll(() => bundle.remove())

function start(env: Readonly<Record<string, string>>): TestProcess {
  const process = bundle.start(env)
  started.push(process)
  return process
}

test('the threads of a process hear each other', async () => {
  const one = start({ NAME: 'one' })
  await Promise.all([
    one.line("one hears one's thread"),
    one.line("one's thread hears one"),
    one.line("one's thread heard much of one"),
  ])
  expect(one.stdout.join('\n')).not.toContain('FAILED')
})

test('the channel keeps no process alive', async () => {
  const one = start({ NAME: 'one', ALONE: 'yes' })
  // 13: the loop still waits for an event when nothing is left to run.
  expect(await one.exit).toBe(13)
})

describe('with Redis', () => {
  let redis: RedisServer

  beforeAll(async () => {
    redis = await startRedisServer()
  })
  afterAll(() => redis.kill())

  test('processes and their threads hear each other once', async () => {
    const one = start({ NAME: 'one', REDIS_URL: redis.url })
    const two = start({ NAME: 'two', REDIS_URL: redis.url })
    await Promise.all([
      one.line('one heard much of two'),
      one.line("one's thread heard much of two"),
      one.line("one heard much of one's thread"),
      two.line('two heard much of one'),
      two.line("two's thread heard much of one's thread"),
      two.line('two heard much of two'),
    ])
    // A process that hears anything twice says so and exits.
    expect([...one.stdout, ...two.stdout].join('\n')).not.toContain('FAILED')
  })
})
