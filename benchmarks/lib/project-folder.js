// @ts-check
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { createTemporaryFolder } from './temporary-folder.js'

export const repository = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Makes a project in a temporary folder that has this repository's `neemata` and `zod` installed.
 * @param {string} name
 * @param {Readonly<Record<string, string>>} files texts by path
 */
export function createProject(name, files) {
  const folder = createTemporaryFolder(name)
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, type: 'module' }))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }

  // Linked one by one rather than as a whole: caches below node_modules must be the project's own.
  mkdirSync(join(folder, 'node_modules'))
  for (const dependency of ['neemata', 'zod']) {
    symlinkSync(
      join(repository, 'node_modules', dependency),
      join(folder, 'node_modules', dependency),
      'junction',
    )
  }
  return folder
}
