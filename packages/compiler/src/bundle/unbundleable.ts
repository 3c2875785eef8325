import type { Plugin } from 'vite'

import { findLocationUse, mentionsLocation } from './location-use.ts'
import { findInstalledPackage, isFramework } from './package-name.ts'

/**
 * Packages that look beside themselves only for a feature that the runtime never uses: pino starts
 * worker threads by path for its transports.
 */
const bundledAnyway = new Set(['pino', 'thread-stream'])

/**
 * Finds the installed packages that break when their code moves into a bundle: they reach for files by
 * their own location, or load native addons. Notes their names; whoever builds leaves them external.
 */
export function detectUnbundleable(found: Set<string>): Plugin {
  return {
    name: 'neemata:unbundleable',
    enforce: 'pre',
    resolveId: {
      filter: { id: /\.node$/ },
      handler(source, importer) {
        const owner = importer === undefined ? undefined : findInstalledPackage(importer)
        if (owner === undefined) return null
        found.add(owner)
        return { id: source, external: true }
      },
    },
    transform: {
      filter: { id: /[\\/]node_modules[\\/].*\.[cm]?js$/, code: mentionsLocation },
      handler(code, id) {
        const owner = findInstalledPackage(id)
        if (owner === undefined || isFramework(owner) || found.has(owner)) return
        if (bundledAnyway.has(owner)) return
        if (findLocationUse(this.parse(code)) !== undefined) found.add(owner)
      },
    },
  }
}
