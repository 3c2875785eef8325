// The process that serves while developing; the session starts it, with the project as working folder.
import { inspect } from 'node:util'

import { HotModules } from './hot-modules.ts'
import { HotServer } from './hot-server.ts'
import type { Answer, Update } from './messages.ts'

const root = process.cwd()

// Before anything is served there is nothing to drain; later the generated entry takes care.
process.once('disconnect', leave)

const server = HotModules.open(root).then((modules) => new HotServer({ root, modules }))
let queue: Promise<void> = Promise.resolve()

process.on('message', (message: Update) => {
  queue = queue.then(async () => {
    const answer = await (await server).update(message)
    if (answer.outcome.type === 'started') process.off('disconnect', leave)
    send(answer)
  })
  queue.catch(fail)
})

function send(answer: Answer): void {
  process.send?.(answer)
}

function leave(): void {
  process.exit(0)
}

/** Nothing of the project's: what it does wrong is an outcome. */
function fail(error: unknown): void {
  process.stderr.write(`${inspect(error)}\n`)
  process.exit(1)
}
