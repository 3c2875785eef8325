// @ts-check
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const client = fileURLToPath(new URL('load-client.js', import.meta.url))

/**
 * Lets another process call a server as fast as it answers.
 * @param {{ port: number, connections: number, seconds: number }} options
 * @returns {Promise<{ calls: number, seconds: number }>}
 */
export async function runLoad({ port, connections, seconds }) {
  const args = [client, port, connections, seconds].map(String)
  const { stdout } = await promisify(execFile)(process.execPath, args)
  return JSON.parse(stdout)
}
