import type { Plugin } from 'vite'

import { readPackageName } from './package-name.ts'

/** One import that the bundle leaves as it is. */
export interface ExternalImport {
  readonly specifier: string
  /** The file that imports it, absolute: where Node's resolution starts. */
  readonly importer: string
  /** Whether it is a `require`, which may lead elsewhere. */
  readonly required: boolean
}

/** Leaves the imports of some packages in place, and notes each of them. */
export function keepExternal(options: {
  readonly packages: ReadonlySet<string>
  readonly found: ExternalImport[]
}): Plugin {
  const { packages, found } = options
  return {
    name: 'neemata:external',
    enforce: 'pre',
    resolveId: {
      filter: { id: /^[\w@]/ },
      handler(specifier, importer, { kind }) {
        if (importer === undefined || !packages.has(readPackageName(specifier))) return null
        found.push({ specifier, importer, required: kind === 'require-call' })
        return { id: specifier, external: true }
      },
    },
  }
}
