// @ts-check
// From starting the process to the first right answer: a built application with one procedure, against
// a file on node:http that imports zod from node_modules.
import { parseArgs } from 'node:util'

import { describeMachine } from './lib/machine.js'
import { buildOneProcedureProject } from './lib/one-procedure-project.js'
import { startServer } from './lib/server-process.js'
import { median, medianRatio, range } from './lib/statistics.js'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '15' } } })
const rounds = Number(values.rounds)
const target = 1

console.log(describeMachine())
console.log(`${rounds} rounds`)

const servers = await buildOneProcedureProject()
/** @type {Record<'neemata' | 'bare', number[]>} */
const times = { neemata: [], bare: [] }

// The first start of each reads its files from the disk and is not counted.
for (let round = -1; round < rounds; round++) {
  /** @type {('neemata' | 'bare')[]} */
  const order = round % 2 === 0 ? ['bare', 'neemata'] : ['neemata', 'bare']
  for (const name of order) {
    const server = await startServer(servers[name])
    await server.stop()
    if (round >= 0) times[name].push(server.startupTime)
  }
}

for (const [name, milliseconds] of Object.entries(times)) {
  console.log(
    `${name.padEnd(8)} ${Math.round(median(milliseconds))} ms (${range(milliseconds)}) to the first answer`,
  )
}
const ratio = medianRatio(times.neemata, times.bare)
console.log(`ratio    ${ratio.toFixed(2)} (target at most ${target.toFixed(2)})`)
