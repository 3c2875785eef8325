// @ts-check
import { spawn } from 'node:child_process'
import { join } from 'node:path'

import { repository } from './project-folder.js'

const cli = join(repository, 'packages/neemata/bin/neemata.js')

/**
 * Runs `neemata` in a folder and returns how long the whole process took.
 * @param {string} folder
 * @param {readonly string[]} args
 * @returns {Promise<number>} milliseconds
 */
export function timeNeemata(folder, args) {
  return timeNode(folder, [cli, ...args])
}

/**
 * Runs `node` in a folder and returns how long the whole process took.
 * @param {string} folder
 * @param {readonly string[]} args
 * @returns {Promise<number>} milliseconds
 */
export async function timeNode(folder, args) {
  const started = performance.now()
  const child = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  const end = () => child.kill('SIGKILL')
  process.once('exit', end)

  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (output += chunk))
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  const milliseconds = performance.now() - started
  process.off('exit', end)
  if (code !== 0) throw new Error(`node ${args.join(' ')} exited with ${code}:\n${output}`)
  return milliseconds
}
