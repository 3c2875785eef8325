// @ts-check
// `neemata dev` under load: from saving a file to the new answer, while sockets stay open and clients
// call without pause.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'

import { describeMachine } from './lib/machine.js'
import { openWebSocket } from './lib/open-websocket.js'
import { repository } from './lib/project-folder.js'
import { median, percentile } from './lib/statistics.js'
import { createSyntheticProject } from './lib/synthetic-project.js'

const { values } = parseArgs({
  options: {
    edits: { type: 'string', default: '20' },
    sockets: { type: 'string', default: '20' },
    clients: { type: 'string', default: '2' },
  },
})
const edits = Number(values.edits)
const target = 100

console.log(describeMachine())
console.log(`${values.sockets} open sockets, ${values.clients} clients, ${edits} edits`)
let isGood = true
for (const size of [
  { domains: 2, filesPerDomain: 1 },
  { domains: 20, filesPerDomain: 2 },
]) {
  isGood = (await measure(size)) && isGood
}
process.exit(isGood ? 0 : 1)

/** @param {{ domains: number, filesPerDomain: number }} size */
async function measure(size) {
  const { folder, procedures } = createSyntheticProject(size)
  writeFileSync(join(folder, 'neemata.config.ts'), renderConfig())
  const { port, end } = await startDev(folder)
  const sockets = await Promise.all(
    Array.from({ length: Number(values.sockets) }, () => openWebSocket({ port, path: '/ws' })),
  )
  for (const socket of sockets) await socket.call('main/domain1/resource0/get', { id: 'a' })
  const load = startClients(port)

  const file = join(folder, 'app/domain0/resource0.ts')
  const source = readFileSync(file, 'utf8')
  const agent = new Agent({ keepAlive: true })
  /** @type {number[]} */
  const times = []
  for (let edit = 1; edit <= edits; edit++) {
    const operation = `get, edit ${edit}`
    const saved = performance.now()
    writeFileSync(file, source.replace("operation: 'get'", `operation: '${operation}'`))
    for (;;) {
      const { body } = await call({ port, agent, path: '/main/domain0/resource0/get' })
      if (body.includes(operation)) break
      if (performance.now() - saved > 20_000) throw new Error(`edit ${edit} was not taken in`)
    }
    times.push(performance.now() - saved)
    // Edits come one by one; each waits for the last to be over and done with.
    await delay(100)
  }

  const { calls, failed } = await load.end()
  const closed = sockets.filter(({ isOpen }) => !isOpen).length
  const wrong = await countWrong(sockets.filter(({ isOpen }) => isOpen))
  for (const socket of sockets) socket.destroy()
  agent.destroy()
  await end()
  const [half, most, all] = [median(times), percentile(times, 0.9), Math.max(...times)].map(
    Math.round,
  )
  console.log(
    `${procedures} procedures: median ${half} ms, p90 ${most} ms, max ${all} ms, target ${target} ms; ` +
      `sockets closed ${closed}, with an old answer ${wrong}; calls failed ${failed} of ${calls}`,
  )
  return closed === 0 && wrong === 0 && failed === 0
}

/**
 * The sockets that were open all the time have to meet the new code too.
 * @param {readonly import('./lib/open-websocket.js').OpenWebSocket[]} sockets
 */
async function countWrong(sockets) {
  let wrong = 0
  for (const socket of sockets) {
    const value = await socket.call('main/domain0/resource0/get', { id: 'a' })
    if (!JSON.stringify(value).includes(`edit ${edits}`)) wrong++
  }
  return wrong
}

/** @param {number} port */
function startClients(port) {
  const over = new AbortController()
  let calls = 0
  let failed = 0
  const clients = Array.from({ length: Number(values.clients) }, async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    while (!over.signal.aborted) {
      calls++
      try {
        const { status } = await call({ port, agent, path: '/main/domain1/resource0/get' })
        if (status !== 200) failed++
      } catch {
        failed++
      }
    }
    agent.destroy()
  })
  return {
    async end() {
      over.abort()
      await Promise.all(clients)
      return { calls, failed }
    },
  }
}

/**
 * @param {{ port: number, agent: Agent, path: string }} target
 * @returns {Promise<{ status: number | undefined, body: string }>}
 */
async function call({ port, agent, path }) {
  const headers = { 'content-type': 'application/json' }
  const sent = request({ host: '127.0.0.1', port, agent, path, method: 'POST', headers })
  sent.end('{"id":"a"}')
  const [response] = await once(sent, 'response')
  let body = ''
  for await (const part of response) body += part
  return { status: response.statusCode, body }
}

/** @param {string} folder */
async function startDev(folder) {
  const cli = join(repository, 'packages/neemata/bin/neemata.js')
  const child = spawn(process.execPath, [cli, 'dev'], {
    cwd: folder,
    env: { ...process.env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const kill = () => child.kill('SIGTERM')
  process.once('exit', kill)
  const exited = once(child, 'exit')
  let output = ''
  child.stderr.on('data', (chunk) => (output += chunk))
  const port = await new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      output += chunk
      const found = /listening on http:\/\/[\d.]+:(\d+)/.exec(output)?.[1]
      if (found !== undefined) resolve(Number(found))
    })
    child.once('exit', () => reject(new Error(`neemata dev ended:\n${output}`)))
  })
  return {
    port: /** @type {number} */ (port),
    async end() {
      process.off('exit', kill)
      kill()
      await exited
    },
  }
}

function renderConfig() {
  return `import { defineRuntime, env } from 'neemata/config'

export default defineRuntime({
  apps: { main: './app/index.ts' },
  transports: {
    http: { type: 'http', host: '127.0.0.1', port: env.port('PORT', 3000) },
    ws: { type: 'ws', listen: 'http', path: '/ws' },
  },
})
`
}
