import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** The TypeScript that a project has installed. */
export interface InstalledTypeScript {
  readonly version: string
  /** The script behind the `tsc` command, absolute. */
  readonly script: string
}

/** Finds the project's own TypeScript by Node's resolution; `undefined` if it has none. */
export function findTypeScript(root: string): InstalledTypeScript | undefined {
  try {
    const manifest = createRequire(join(root, 'package.json')).resolve('typescript/package.json')
    const { version, bin } = JSON.parse(readFileSync(manifest, 'utf8')) as {
      version: string
      bin?: { tsc?: string }
    }
    return { version, script: join(dirname(manifest), bin?.tsc ?? 'bin/tsc') }
  } catch {
    return undefined
  }
}
