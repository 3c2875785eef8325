import { existsSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

import { findConfigFile } from '../../config/load/find-config-file.ts'
import { createDiagnostic } from '../../diagnostics/create-diagnostic.ts'
import type { CommandResult, CommonOptions } from '../command.ts'
import { findLastBuild } from '../last-build.ts'

export interface StartOptions extends CommonOptions {
  /** The part of the system that this process runs. */
  readonly role: string
}

/**
 * `neemata start`: runs the last build in this very process. Reads no config and no source, so it works
 * where only the output was deployed.
 */
export async function start(options: StartOptions): Promise<CommandResult> {
  const found = findConfigFile(options)
  if ('diagnostic' in found && options.config !== undefined) {
    return { root: options.cwd, diagnostics: [found.diagnostic] }
  }
  const root = 'file' in found ? dirname(found.file) : options.cwd
  const main = join(resolve(root, findLastBuild(root)), 'main.js')
  if (!existsSync(main)) {
    const message = `There is no ${relative(options.cwd, main)}.`
    return { root, diagnostics: [createDiagnostic('NM5004', { message })] }
  }
  // It reads its own words, as after `node dist/main.js`.
  process.argv = [process.execPath, main, '--role', options.role]
  try {
    await import(pathToFileURL(main).href)
    return { root, diagnostics: [] }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { root, diagnostics: [createDiagnostic('NM5006', { message })], thrown: error }
  }
}
