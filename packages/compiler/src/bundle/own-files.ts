import type { Plugin } from 'vite'

import { findLocationUse, mentionsLocation } from './location-use.ts'
import { PackageFolders } from './package-folders.ts'
import { findInstalledPackage, isFramework } from './package-name.ts'

/** The code of the warnings below, among those of the bundler. */
export const ownFilesCode = 'NEEMATA_OWN_FILES'

/**
 * Warns where the project's own code looks for files beside itself: in a bundle that is another place.
 *
 * @param entries are built to where they look, absolute
 */
export function warnAboutOwnFiles(entries: readonly string[]): Plugin {
  const known = new Set(entries.map((file) => file.replaceAll('\\', '/')))
  const folders = new PackageFolders()
  return {
    name: 'neemata:own-files',
    enforce: 'pre',
    transform: {
      filter: { id: /\.[cm]?[jt]sx?$/, code: mentionsLocation },
      handler(code, id) {
        if (known.has(id.replaceAll('\\', '/'))) return
        if (id.startsWith('\0') || findInstalledPackage(id) !== undefined) return
        if (isFramework(folders.find(id)?.name ?? '')) return
        const offset = findLocationUse(this.parse(code, { lang: 'ts' }))
        if (offset === undefined) return
        const before = code.slice(0, offset).split('\n')
        const loc = { file: id, line: before.length, column: before.at(-1)?.length ?? 0 }
        const message = 'The code asks for its own location, which in a bundle is another one'
        this.warn({ message, id, loc, pluginCode: ownFilesCode })
      },
    },
  }
}
