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

/** @typedef {'neemata' | 'bare'} Name */
/** @typedef {{ calls: number, seconds: number, cpu: number }} Tally */

const files = await buildOneProcedureProject()
/** @type {Record<Name, { rate: number[], cpu: number[] }>} */
const results = { neemata: { rate: [], cpu: [] }, bare: { rate: [], cpu: [] } }

for (let round = 0; round < rounds; round++) {
  for (const [name, { calls, seconds: time, cpu }] of Object.entries(await runRound())) {
    results[/** @type {Name} */ (name)].rate.push(calls / time)
    results[/** @type {Name} */ (name)].cpu.push(cpu / calls)
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
 * Starts fresh servers, so that no round inherits the machine code of another, and calls them in turn
 * for a second each: what else the machine does then weighs on both alike.
 * @returns {Promise<Record<Name, Tally>>}
 */
async function runRound() {
  const neemata = await startServer(files.neemata)
  const bare = await startServer(files.bare)
  try {
    /** @type {Record<Name, Tally>} */
    const tallies = {
      neemata: { calls: 0, seconds: 0, cpu: 0 },
      bare: { calls: 0, seconds: 0, cpu: 0 },
    }
    for (const { port } of [neemata, bare]) await runLoad({ port, connections, seconds: 1.5 })
    for (let slice = 0; slice < seconds; slice++) {
      await addSlice(bare, tallies.bare)
      await addSlice(neemata, tallies.neemata)
    }
    return tallies
  } finally {
    await Promise.all([neemata.stop(), bare.stop()])
  }
}

/**
 * @param {import('./lib/server-process.js').ServerProcess} server
 * @param {Tally} tally
 */
async function addSlice(server, tally) {
  const before = server.cpuTime()
  const load = await runLoad({ port: server.port, connections, seconds: 1 })
  tally.cpu += server.cpuTime() - before
  tally.calls += load.calls
  tally.seconds += load.seconds
}
