import { glob, isDynamicPattern } from 'tinyglobby'

import type { ResolveContext } from './resolve-context.ts'

const modules = /\.([cm]?[jt]s|[jt]sx)$/

/** Beside modules, in the folders that patterns name, but no part of the system. */
const ignored = [
  '**/node_modules/**',
  '**/*.d.ts',
  '**/*.d.mts',
  '**/*.d.cts',
  '**/*.test.*',
  '**/*.spec.*',
  '**/*.test-d.*',
]

/**
 * The modules that the patterns at a path of the config match, relative to the project, sorted. A
 * pattern that begins with `!` takes away from all others; one that matches nothing is reported.
 */
export async function resolveModuleGlobs(
  context: ResolveContext,
  path: readonly PropertyKey[],
): Promise<readonly string[]> {
  const written = context.value(path)
  const patterns = Array.isArray(written) ? (written as readonly unknown[]) : []
  const texts = patterns.filter((one): one is string => typeof one === 'string' && one !== '')
  const removed = texts.filter((text) => text.startsWith('!')).map((text) => text.slice(1))
  const found = new Set<string>()
  for (const [index, pattern] of patterns.entries()) {
    if (typeof pattern !== 'string' || pattern === '' || pattern.startsWith('!')) continue
    const files = await expand(context.loaded.root, pattern, removed)
    for (const file of files) found.add(file)
    if (files.length > 0) continue
    context.report('NM1043', {
      path: [...path, index],
      message: isDynamicPattern(pattern)
        ? `The pattern '${pattern}' matches no module.`
        : `There is no module '${pattern}'.`,
    })
  }
  return [...found].sort()
}

async function expand(
  root: string,
  pattern: string,
  removed: readonly string[],
): Promise<readonly string[]> {
  const files = await glob(pattern, {
    cwd: root,
    expandDirectories: false,
    ignore: [...ignored, ...removed],
  })
  return files.filter((file) => modules.test(file))
}
