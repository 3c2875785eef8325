import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { isBuilt, packageRoot } from './package-root.ts'

/** The built package carries a copy; the sources use the repository's own. */
const directory = isBuilt
  ? join(packageRoot, 'dist', 'templates')
  : join(packageRoot, '..', '..', 'templates')

/** Reads the templates of entries, by their path below `templates/entries/`, POSIX. */
export function readTemplates(): ReadonlyMap<string, string> {
  const entries = join(directory, 'entries')
  const paths = readdirSync(entries, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .sort()
  return new Map(
    paths.map((path) => [
      path.replaceAll('\\', '/'),
      readFileSync(join(entries, path), 'utf8').replaceAll('\r\n', '\n'),
    ]),
  )
}
