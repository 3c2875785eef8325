import { cp, mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises'
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
  await linkPackages(root)
  return {
    root,
    neemata: (...args) => runNode([neemata, ...args], { cwd: root }),
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  }
}

/** A folder of its own with links inside, so that what the compiler caches there goes with the project. */
async function linkPackages(root: string): Promise<void> {
  const installed = path.join(repository, 'node_modules')
  const linked = path.join(root, 'node_modules')
  await mkdir(linked)
  for (const name of await readdir(installed)) {
    if (name !== '.cache') await symlink(path.join(installed, name), path.join(linked, name))
  }
}
