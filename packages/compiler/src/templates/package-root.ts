import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(import.meta.url)

/** The folder of the compiler's own package, whether this runs from its sources or as built. */
export const packageRoot: string = findPackageRoot(dirname(here))

/** Whether this runs as built, and not from the repository's sources. */
export const isBuilt: boolean = here.startsWith(join(packageRoot, 'dist') + sep)

/** The compiler's version, which is the version of all of Neemata's packages. */
export function readVersion(): string {
  const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
    version: string
  }
  return version
}

function findPackageRoot(directory: string): string {
  if (existsSync(join(directory, 'package.json'))) return directory
  const parent = dirname(directory)
  if (parent === directory) throw new Error(`${here} is in no package`)
  return findPackageRoot(parent)
}
