import { existsSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

import type { Plugin } from 'vite'

import { findInstalledPackage, readPackageName } from '../bundle/package-name.ts'

/**
 * Leaves installed packages out of a bundle that stays on this machine, and bundles what is linked from
 * a workspace. A package that the output can't reach by name is imported by its file.
 *
 * @param directory where the output goes, absolute
 */
export function keepInstalledExternal(directory: string): Plugin {
  return {
    name: 'neemata:installed',
    enforce: 'pre',
    resolveId: {
      filter: { id: /^[\w@]/ },
      async handler(specifier, importer, options) {
        const name = readPackageName(specifier)
        const folder = importer === undefined ? undefined : findPackage(dirname(importer), name)
        if (folder === undefined || findInstalledPackage(folder) === undefined) return null
        if (folder === findPackage(directory, name)) return { id: specifier, external: true }
        const resolved = await this.resolve(specifier, importer, { ...options, skipSelf: true })
        if (resolved === null) return null
        return { id: pathToFileURL(resolved.id).href, external: true }
      },
    },
  }
}

/** The folder of a package as Node finds it from a folder, links followed. */
function findPackage(from: string, name: string): string | undefined {
  const folder = join(from, 'node_modules', name)
  if (existsSync(join(folder, 'package.json'))) return realpathSync(folder)
  const parent = dirname(from)
  return parent === from ? undefined : findPackage(parent, name)
}
