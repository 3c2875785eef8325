// A process, or a process and its thread, that tell each other events until they are stopped.
import { isMainThread, Worker, workerData } from 'node:worker_threads'

import { defineEvent } from '@neemata/application'
import { z } from 'zod'

import { createLogger } from '../../src/logging/create-logger.ts'
import { EventHub } from '../../src/pubsub/event-hub.ts'
import { createEventConnector } from '../../src/stores/connect-events.ts'

const say = (text: string): void => void process.stdout.write(`${text}\n`)

const told = defineEvent({
  name: 'test/told',
  payload: z.object({ from: z.string(), n: z.number(), at: z.date() }),
})

const { NAME: name = 'main', REDIS_URL: url } = process.env
const me = isMainThread ? name : `${name}'s thread`
const channel = isMainThread ? crypto.randomUUID() : String(workerData)
const logger = createLogger({ level: 'silent' })
const hub = new EventHub({
  channel,
  logger,
  connectBridge: createEventConnector({ url }, logger),
})
if (isMainThread) new Worker(new URL(import.meta.url), { workerData: channel }).unref()

let n = 0
const timer = setInterval(
  () => void hub.publish(told, { from: me, n: ++n, at: new Date(n) }).catch(fail),
  10,
)

/** Who was heard, and how often in all. */
const heard = new Map<string, number>()

if (process.env['ALONE'] === 'yes') {
  // Nothing but the channel is left open, which must not keep the process.
  timer.unref()
}

for await (const { from, n: count, at } of hub.subscribe(told)) {
  if (at.getTime() !== count) fail(new Error('the date did not survive'))
  const isFirst = !heard.has(from)
  const last = heard.get(from) ?? 0
  if (count <= last) fail(new Error(`${me} heard ${from} say ${count} after ${last}`))
  heard.set(from, count)
  if (isFirst) say(`${me} hears ${from}`)
  if (count - last === 1 && count >= 30) say(`${me} heard much of ${from}`)
}

function fail(error: unknown): void {
  say(`FAILED ${String(error)}`)
  process.exit(1)
}
