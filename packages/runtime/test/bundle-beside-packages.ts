import { mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'

import { rolldown } from 'rolldown'

/**
 * Bundles an entry of `test/processes` to a place from where installed packages can be imported, for
 * those that can't be bundled.
 */
export async function bundleBesidePackages(
  entry: string,
): Promise<{ readonly file: string; remove(): Promise<void> }> {
  const directory = await mkdtemp(
    path.join(import.meta.dirname, '../../../node_modules/.neemata-test-'),
  )
  const file = path.join(directory, 'entry.mjs')
  const bundle = await rolldown({
    input: path.join(import.meta.dirname, 'processes', entry),
    platform: 'node',
    external: ['bullmq', 'ioredis', 'pino', '@electric-sql/pglite'],
    resolve: { conditionNames: ['source', 'node', 'import'] },
  })
  await bundle.write({ file, format: 'esm', codeSplitting: false })
  await bundle.close()
  return { file, remove: () => rm(directory, { recursive: true }) }
}
