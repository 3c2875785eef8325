// @ts-check
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { createProject, repository } from './project-folder.js'
import { timeNeemata } from './timed-command.js'

const sources = join(repository, 'benchmarks/one-procedure')

/**
 * Copies the project of one procedure to a temporary folder and builds it there.
 * @returns {Promise<{ neemata: string, bare: string }>} the two files to start a server from
 */
export async function buildOneProcedureProject() {
  const names = ['neemata.config.ts', 'index.ts', 'quote.ts', 'bare-server.js']
  const files = names.map((name) => [name, readFileSync(join(sources, name), 'utf8')])
  const folder = createProject('one-procedure', Object.fromEntries(files))
  await timeNeemata(folder, ['build'])
  return { neemata: join(folder, 'dist/main.js'), bare: join(folder, 'bare-server.js') }
}
