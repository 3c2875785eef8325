import { posix } from 'node:path'

import type { Plugin } from 'vite'

import type { Features } from '../render/resolve-features.ts'
import { PackageFolders } from './package-folders.ts'
import { isFramework, readPackageName } from './package-name.ts'

/** Packages that the runtime imports for a part of it, and when a system has that part. */
const engines: Readonly<Record<string, (features: Features) => boolean>> = {
  bullmq: ({ jobs }) => jobs,
  '@electric-sql/pglite': ({ jobs, redis }) => jobs && redis !== 'always',
  ioredis: ({ redis }) => redis !== 'never',
  ws: ({ websocket }) => websocket,
}

/** Modules that the runtime imports when it needs them; its build keeps their names. */
const modules: Readonly<Record<string, (features: Features) => boolean>> = {
  'embedded-store': ({ jobs, redis }) => jobs && redis !== 'always',
  'redis-store': ({ jobs, redis }) => jobs && redis !== 'never',
  'redis-event-bridge': ({ redis }) => redis !== 'never',
  'job-engine': ({ jobs }) => jobs,
  'websocket-listener': ({ websocket }) => websocket,
  threads: ({ workers }) => workers,
  'open-thread': ({ workers }) => workers,
  'execute-command': ({ commands }) => commands,
}

const nothing = '\0neemata:unused-part'

/**
 * Leaves out the parts of the runtime that a system does not have. The code that imports them is never
 * reached there, so what it imports may be empty. What applications import themselves is not touched.
 */
export function dropUnusedParts(features: Features): Plugin {
  const folders = new PackageFolders()
  return {
    name: 'neemata:unused-parts',
    enforce: 'pre',
    resolveId: {
      filter: { id: createFilter() },
      handler(specifier, importer) {
        const isUsed = findCondition(specifier)
        if (isUsed === undefined || importer === undefined || isUsed(features)) return null
        return isFramework(folders.find(importer)?.name ?? '') ? nothing : null
      },
    },
    load: {
      filter: { id: /^\0neemata:unused-part$/ },
      // As CommonJS any name can be imported from it.
      handler: () => 'module.exports = {}',
    },
  }
}

function createFilter(): RegExp {
  const packages = Object.keys(engines).join('|')
  return new RegExp(`^(?:${packages})(?:/|$)|/(?:${Object.keys(modules).join('|')})\\.[jt]s$`)
}

function findCondition(specifier: string): ((features: Features) => boolean) | undefined {
  return specifier.startsWith('.')
    ? modules[posix.parse(specifier).name]
    : engines[readPackageName(specifier)]
}
