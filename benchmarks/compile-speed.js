// @ts-check
// `neemata generate` and `neemata build` of 1,000 procedures in 200 files, as whole processes, against
// a plain Vite build of the same application.
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

import { describeMachine } from './lib/machine.js'
import { median, medianRatio, range } from './lib/statistics.js'
import { createSyntheticProject } from './lib/synthetic-project.js'
import { timeNeemata, timeNode } from './lib/timed-command.js'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } })
const rounds = Number(values.rounds)

console.log(describeMachine())
const { folder, procedures, files } = createSyntheticProject({ domains: 20, filesPerDomain: 10 })
console.log(`${rounds} rounds, ${procedures} procedures in ${files} files`)
writeFileSync(join(folder, 'plain-vite.mjs'), renderPlainViteBuild())

/** @type {Record<string, { target?: number, times: number[], run: () => Promise<number> }>} */
const subjects = {
  'plain Vite build': { times: [], run: () => timeNode(folder, ['plain-vite.mjs']) },
  'generate, cold': { target: 1500, times: [], run: cold(() => timeNeemata(folder, ['generate'])) },
  'generate, warm': { times: [], run: () => timeNeemata(folder, ['generate']) },
  'build, cold': { target: 2000, times: [], run: cold(() => timeNeemata(folder, ['build'])) },
  'build, warm': { times: [], run: () => timeNeemata(folder, ['build']) },
}

// The first round reads everything from the disk and is not counted.
for (let round = -1; round < rounds; round++) {
  for (const { times, run } of Object.values(subjects)) {
    const milliseconds = await run()
    if (round >= 0) times.push(milliseconds)
  }
}

const yardstick = subjects['plain Vite build']?.times ?? []
for (const [name, { times, target }] of Object.entries(subjects)) {
  const time = `${Math.round(median(times))} ms (${range(times)})`
  const ratio = `${medianRatio(times, yardstick).toFixed(2)} of the plain Vite build`
  console.log(`${name.padEnd(17)} ${time}, ${ratio}${target ? `, target ${target} ms` : ''}`)
}

/**
 * As in a fresh clone that never compiled anything.
 * @param {() => Promise<number>} run
 */
function cold(run) {
  return () => {
    for (const path of ['generated', 'dist', '.neemata', 'node_modules/.cache']) {
      rmSync(join(folder, path), { recursive: true, force: true })
    }
    return run()
  }
}

function renderPlainViteBuild() {
  const vite = import.meta.resolve('vite')
  return `import { build } from ${JSON.stringify(vite)}
await build({
  configFile: false,
  logLevel: 'error',
  ssr: { noExternal: true },
  build: { ssr: 'app/index.ts', outDir: 'dist-plain', emptyOutDir: true, sourcemap: true },
})
`
}
