import { cp, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { type Finished, runNode } from './run-node.ts'
import { neemata, repository } from './repository.ts'

/** A copy of a project, outside the repository but with its packages installed. */
export interface TemporaryProject extends AsyncDisposable {
  readonly root: string
  /** Runs the command line in it. */
  neemata(...args: string[]): Promise<Finished>
}

/**
 * Copies a folder to a temporary place, or to a folder `under` it, and links the repository's packages
 * into that place.
 */
export async function createTemporaryProject(
  source: string,
  under = '.',
): Promise<TemporaryProject> {
  const root = await mkdtemp(path.join(tmpdir(), 'neemata-project-'))
  await cp(source, path.join(root, under), {
    recursive: true,
    filter: (file) => path.basename(file) !== 'node_modules',
  })
  await symlink(path.join(repository, 'node_modules'), path.join(root, 'node_modules'))
  return {
    root,
    neemata: (...args) => runNode([neemata, ...args], { cwd: root }),
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  }
}
