import { type Dirent, existsSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path'

import { closestMatch } from '../closest-match.ts'
import type { ResolveContext } from './resolve-context.ts'

const extensions = ['.ts', '.mts', '.cts', '.tsx', '.js', '.mjs', '.cjs', '.jsx']

/**
 * The module of the application that is named at a path, relative to the project; `undefined` after a
 * report, and where the schema found no name.
 */
export async function resolveApplication(
  context: ResolveContext,
  path: readonly PropertyKey[],
): Promise<string | undefined> {
  const { root } = context.loaded
  const written = context.value(path)
  if (typeof written !== 'string' || written === '') return undefined
  const file = resolve(root, written)
  const found = await stat(file).catch(() => undefined)
  const suggestion = found?.isFile() ? undefined : await suggestFile(file)
  const hint = suggestion && `Did you mean '${writePath(root, suggestion)}'?`
  if (!found) {
    context.report('NM1040', { path, message: `There is no file '${written}'.`, hint })
    return undefined
  }
  if (!found.isFile() || !isModule(file)) {
    const what = found.isFile() ? 'is not a TypeScript or JavaScript module' : 'is not a file'
    context.report('NM1041', { path, message: `'${written}' ${what}.`, hint })
    return undefined
  }
  return toPosix(relative(root, file))
}

/** The file that was probably meant by a path that leads to none. */
async function suggestFile(file: string): Promise<string | undefined> {
  const stem = file.slice(0, file.length - extname(file).length)
  const candidates = [file, stem, join(file, 'index')].flatMap((base) =>
    extensions.map((extension) => base + extension),
  )
  const other = candidates.find((candidate) => existsSync(candidate))
  if (other) return other
  const siblings = await readdir(dirname(file), { withFileTypes: true }).catch((): Dirent[] => [])
  const names = siblings.filter((one) => one.isFile() && isModule(one.name)).map(({ name }) => name)
  const match = closestMatch(basename(file), names)
  return match && join(dirname(file), match)
}

function isModule(file: string): boolean {
  return extensions.includes(extname(file)) && !/\.d\.[cm]?ts$/.test(file)
}

/** A path as a config writes it. */
function writePath(root: string, file: string): string {
  const path = toPosix(relative(root, file))
  return path.startsWith('../') ? path : `./${path}`
}

function toPosix(path: string): string {
  return path.split(sep).join('/')
}
