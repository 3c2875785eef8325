// @ts-check
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Makes a folder that is gone when this process ends, however it ends short of `kill -9`.
 * @param {string} name
 */
export function createTemporaryFolder(name) {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), `neemata-${name}-`))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

// Without these a signal would end the process with no `exit` event.
process.once('SIGINT', () => process.exit(130))
process.once('SIGTERM', () => process.exit(143))
