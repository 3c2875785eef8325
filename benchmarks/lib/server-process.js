// @ts-check
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { createServer } from 'node:net'
import { dirname } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'

import { sampleCall } from '../one-procedure/sample-call.js'

/**
 * @typedef {object} ServerProcess
 * @property {number} port
 * @property {number} startupTime milliseconds from spawning the process to the first right answer
 * @property {() => number} cpuTime microseconds that the process has computed so far, all threads
 * @property {() => Promise<void>} stop
 */

/**
 * Starts a server in a process of its own and waits for the right answer to the sample call.
 * @param {string} file
 * @returns {Promise<ServerProcess>}
 */
export async function startServer(file) {
  const port = await findFreePort()
  const started = performance.now()
  const child = spawn(process.execPath, [file], {
    cwd: dirname(file),
    env: { ...process.env, NODE_ENV: 'production', PORT: String(port) },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  let errors = ''
  child.stderr.on('data', (chunk) => (errors += chunk))

  while (!(await answersRight(port))) {
    if (child.exitCode !== null)
      throw new Error(`${file} exited with ${child.exitCode}:\n${errors}`)
    if (performance.now() - started > 30_000) throw new Error(`${file} gives no answer:\n${errors}`)
    await delay(1)
  }
  const startupTime = performance.now() - started

  return {
    port,
    startupTime,
    cpuTime: () => readCpuTime(child.pid ?? 0),
    async stop() {
      const exited = once(child, 'exit')
      child.kill('SIGTERM')
      const overdue = setTimeout(kill, 10_000)
      await exited
      clearTimeout(overdue)
      process.off('exit', kill)
    },
  }
}

/** @returns {Promise<number>} */
async function findFreePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port is free')
  return address.port
}

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
async function answersRight(port) {
  const call = request({
    port,
    host: '127.0.0.1',
    method: 'POST',
    path: sampleCall.path,
    agent: false,
    headers: { 'content-type': 'application/json' },
  })
  try {
    call.end(sampleCall.body)
    const [response] = await once(call, 'response')
    let text = ''
    for await (const chunk of response) text += chunk
    if (response.statusCode === 503) return false
    if (response.statusCode === 200 && isDeepStrictEqual(JSON.parse(text), sampleCall.answer))
      return true
    throw new Error(`wrong answer ${response.statusCode}: ${text}`)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ECONNREFUSED' || code === 'ECONNRESET') return false
    throw error
  }
}

/**
 * From /proc, so that the server needs no help from inside; not available outside of Linux.
 * @param {number} pid
 */
function readCpuTime(pid) {
  if (process.platform !== 'linux') return Number.NaN
  // The name of the program, in parentheses, may hold spaces; the fields are counted from behind it.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  const ticks = Number(fields[11]) + Number(fields[12])
  return ticks * 10_000
}
