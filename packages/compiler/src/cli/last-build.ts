import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { writeFileAtomically } from '../emit/write-file.ts'

const file = join('.neemata', 'build.json')

/** Notes where the build went, so that starting it needs no config to be run. */
export async function recordBuild(root: string, outDir: string): Promise<void> {
  await writeFileAtomically(join(root, file), `${JSON.stringify({ outDir }, null, 2)}\n`)
}

/** Where the last build went, relative to the root; `dist` if none was noted, as in a deployed copy. */
export function findLastBuild(root: string): string {
  try {
    const { outDir } = JSON.parse(readFileSync(join(root, file), 'utf8')) as { outDir?: unknown }
    return typeof outDir === 'string' ? outDir : 'dist'
  } catch {
    return 'dist'
  }
}
