// Runs 100 jobs that need a file to be there before they end; prints each that did.
import { existsSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

import { defineJob } from '../../src/declare/job.ts'
import { createJobSystem } from '../create-job-system.ts'

const say = (line: string) => process.stdout.write(`${line}\n`)
const { REDIS_URL: redisUrl, DIRECTORY: directory, GATE: gate = '', ADD } = process.env

const work = defineJob({
  async handler(_, __, { id }) {
    say(`began ${id}`)
    while (!existsSync(gate)) await delay(20)
    say(`ended ${id}`)
  },
})
const system = createJobSystem({ jobs: { work }, redisUrl, directory })
await system.runtime.start()
const queue = await system.jobs()
if (ADD) {
  await Promise.all(
    Array.from({ length: 100 }, (_, n) => queue.add('app/work', n, { id: `n${n}` })),
  )
  say('added')
} else {
  await Promise.all(Array.from({ length: 100 }, (_, n) => queue.wait('app/work', `n${n}`)))
  await system.runtime.stop()
  say('all ended')
}
