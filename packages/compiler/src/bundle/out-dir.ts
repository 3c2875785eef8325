import { resolve, sep } from 'node:path'

import type { ResolvedApp, ResolvedConfig } from '../config/resolved-config.ts'
import { createDiagnostic } from '../diagnostics/create-diagnostic.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { generatedDirectory } from '../render/paths.ts'

/** Folders that others own. */
const reserved = [generatedDirectory, 'node_modules', '.neemata', '.git']

/**
 * Says why the output folder can't be replaced by a build, or nothing. It may not be, hold or lie in a
 * folder that somebody else owns, nor hold the config or an application.
 */
export function checkOutDir(root: string, config: ResolvedConfig): Diagnostic | undefined {
  const { outDir } = config.build
  const directory = resolve(root, outDir)
  const refuse = (reason: string): Diagnostic =>
    createDiagnostic('NM4101', { message: `'${outDir}' ${reason}.`, configPath: 'build.outDir' })
  if (directory === resolve(root)) return refuse('is the project itself')
  if (contains(directory, resolve(root))) return refuse('holds the project')
  for (const name of reserved) {
    const other = resolve(root, name)
    if (directory === other) return refuse(`is ${name}/`)
    if (contains(other, directory)) return refuse(`lies in ${name}/`)
    if (contains(directory, other)) return refuse(`holds ${name}/`)
  }
  const sources = [config.file, ...Object.values(config.apps).flatMap(listSources)]
  const source = sources.find((file) => contains(directory, resolve(root, file)))
  return source === undefined ? undefined : refuse(`holds ${source}`)
}

function listSources({ application, jobs, commands }: ResolvedApp): string[] {
  return [...(application === undefined ? [] : [application]), ...jobs, ...commands]
}

function contains(directory: string, path: string): boolean {
  return path.startsWith(directory.endsWith(sep) ? directory : directory + sep)
}
