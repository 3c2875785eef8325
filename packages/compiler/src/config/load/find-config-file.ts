import { statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

import { createDiagnostic } from '../../diagnostics/create-diagnostic.ts'
import type { Diagnostic } from '../../diagnostics/diagnostic.ts'

const names = ['ts', 'mts', 'js', 'mjs'].map((extension) => `neemata.config.${extension}`)

/** Finds the config file: the named one, or the first one upward from `cwd`. */
export function findConfigFile(options: {
  readonly cwd: string
  readonly config?: string | undefined
}): { readonly file: string } | { readonly diagnostic: Diagnostic } {
  const cwd = resolve(options.cwd)
  if (options.config !== undefined)
    return checkNamedFile(resolve(cwd, options.config), options.config)
  for (let folder = cwd; ; folder = dirname(folder)) {
    const found = names.map((name) => join(folder, name)).find(isFile)
    if (found) return { file: found }
    if (folder === dirname(folder)) break
  }
  const message = `There is no neemata.config.ts in ${cwd}, nor in a folder above it.`
  return { diagnostic: createDiagnostic('NM1001', { message }) }
}

function checkNamedFile(
  file: string,
  named: string,
): { readonly file: string } | { readonly diagnostic: Diagnostic } {
  if (isFile(file)) return { file }
  const message = `The config file ${named} does not exist.`
  const hint = `Correct the path after --config; it stands for ${file}.`
  return { diagnostic: createDiagnostic('NM1001', { message, hint }) }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
}
