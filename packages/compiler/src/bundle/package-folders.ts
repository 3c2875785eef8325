import { existsSync, lstatSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { findInstalledPackage } from './package-name.ts'

export interface PackageFolder {
  /** Absolute. */
  readonly path: string
  /** As others import it. */
  readonly name: string
  readonly version: string
}

/** Finds the packages that files belong to, and remembers what it found. */
export class PackageFolders {
  readonly #byDirectory = new Map<string, PackageFolder | undefined>()

  /** `undefined` for what is no file of a package, symbolic links included. */
  find(file: string): PackageFolder | undefined {
    return lstatSync(file).isFile() ? this.#findAbove(dirname(file)) : undefined
  }

  #findAbove(directory: string): PackageFolder | undefined {
    if (this.#byDirectory.has(directory)) return this.#byDirectory.get(directory)
    const parent = dirname(directory)
    const found =
      readFolder(directory) ?? (parent === directory ? undefined : this.#findAbove(parent))
    this.#byDirectory.set(directory, found)
    return found
  }
}

/** A folder with a named manifest; those without a name only set the kind of modules below them. */
function readFolder(path: string): PackageFolder | undefined {
  const manifest = join(path, 'package.json')
  if (!existsSync(manifest)) return undefined
  const { name, version } = JSON.parse(readFileSync(manifest, 'utf8')) as {
    name?: string
    version?: string
  }
  if (name === undefined) return undefined
  return { path, name: findInstalledPackage(manifest) ?? name, version: version ?? '' }
}
