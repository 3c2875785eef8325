import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

import { rolldown } from 'rolldown'

export interface BundledEntries {
  url(entry: string): URL
  remove(): Promise<void>
}

/** Bundles entries of `test/processes`, for threads and processes: Node 20 runs no TypeScript. */
export async function bundleEntries(entries: readonly string[]): Promise<BundledEntries> {
  // Inside the repository, so that what isn't bundled is found.
  const parent = path.join(import.meta.dirname, '../node_modules/.neemata-test')
  await mkdir(parent, { recursive: true })
  const directory = await mkdtemp(path.join(parent, 'entries-'))
  const bundle = await rolldown({
    input: Object.fromEntries(
      entries.map((entry) => [entry, path.join(import.meta.dirname, 'processes', `${entry}.ts`)]),
    ),
    platform: 'node',
    resolve: { conditionNames: ['source', 'node', 'import'] },
    external: [/^(bullmq|ioredis|@electric-sql\/pglite)/],
  })
  await bundle.write({ dir: directory, format: 'esm', entryFileNames: '[name].mjs' })
  await bundle.close()
  return {
    url: (entry) => pathToFileURL(path.join(directory, `${entry}.mjs`)),
    remove: () => rm(directory, { recursive: true }),
  }
}
