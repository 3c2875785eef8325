import { dirname, join, resolve } from 'node:path'

import type { Plugin } from 'vite'

import type { OutputFile } from '../render/output-file.ts'

/**
 * Serves rendered files as if they were on disk, so that a build needs not write them first. What is on
 * disk at these paths is not read.
 *
 * @param options.directory the folder that the files belong to, absolute
 */
export function serveMemoryFiles(options: {
  readonly files: readonly OutputFile[]
  readonly directory: string
}): Plugin {
  const texts = new Map(
    options.files.map((file) => [normalise(join(options.directory, file.path)), file.text]),
  )
  return {
    name: 'neemata:memory-files',
    enforce: 'pre',
    resolveId: {
      order: 'pre',
      handler(specifier, importer) {
        const from = importer === undefined ? options.directory : dirname(importer)
        const path = normalise(resolve(from, specifier))
        return texts.has(path) ? path : null
      },
    },
    load: {
      handler: (id) => texts.get(normalise(id)) ?? null,
    },
  }
}

function normalise(path: string): string {
  return path.replaceAll('\\', '/')
}
