// @ts-check
// HTTP calls per second of a built application with one procedure, against a server written by hand
// on node:http that does the same JSON and zod work.
import { parseArgs } from 'node:util'

import { runLoad } from './lib/load.js'
import { describeMachine } from './lib/machine.js'
import { buildOneProcedureProject } from './lib/one-procedure-project.js'
import { startServer } from './lib/server-process.js'
import { median, medianRatio, range } from './lib/statistics.js'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '4' },
    connections: { type: 'string', default: '32' },
  },
})
const rounds = Number(values.rounds)
const seconds = Number(values.seconds)
const connections = Number(values.connections)
const target = 0.85

console.log(describeMachine())
console.log(`${rounds} rounds of ${seconds} s each, ${connections} connections`)

const servers = await buildOneProcedureProject()
/** @type {Record<'neemata' | 'bare', { rate: number[], cpu: number[] }>} */
const results = { neemata: { rate: [], cpu: [] }, bare: { rate: [], cpu: [] } }

for (let round = 0; round < rounds; round++) {
  /** @type {('neemata' | 'bare')[]} */
  const order = round % 2 === 0 ? ['bare', 'neemata'] : ['neemata', 'bare']
  for (const name of order) {
    const { rate, cpu } = await measure(servers[name])
    results[name].rate.push(rate)
    results[name].cpu.push(cpu)
  }
}

for (const [name, { rate, cpu }] of Object.entries(results)) {
  const perCall = `${median(cpu).toFixed(1)} µs of CPU per call`
  console.log(`${name.padEnd(8)} ${Math.round(median(rate))} calls/s (${range(rate)}), ${perCall}`)
}
const ratio = medianRatio(results.neemata.rate, results.bare.rate)
const cpuRatio = medianRatio(results.neemata.cpu, results.bare.cpu)
console.log(
  `ratio    ${ratio.toFixed(2)} of the calls (target ${target}), ${cpuRatio.toFixed(2)} of the CPU per call`,
)

/**
 * Starts a fresh server, so that no round inherits the machine code of another.
 * @param {string} file
 */
async function measure(file) {
  const server = await startServer(file)
  try {
    await runLoad({ port: server.port, connections, seconds: 1.5 })
    const before = server.cpuTime()
    const load = await runLoad({ port: server.port, connections, seconds })
    return { rate: load.calls / load.seconds, cpu: (server.cpuTime() - before) / load.calls }
  } finally {
    await server.stop()
  }
}
