import { check as checkProject } from '../../check/check.ts'
import { compile } from '../../compile.ts'
import { hasErrors } from '../../diagnostics/summary.ts'
import type { CommandResult, CommonOptions } from '../command.ts'

export interface CheckOptions extends CommonOptions {
  /** How to print diagnostics. */
  readonly format: 'text' | 'github' | undefined
}

/** `neemata check`: reports everything that is wrong, and writes nothing. */
export async function check(options: CheckOptions): Promise<CommandResult> {
  const compilation = await compile(options)
  const diagnostics = await checkProject(compilation)
  const root = compilation.loaded?.root ?? options.cwd
  const text = hasErrors(diagnostics) ? undefined : 'Everything is in order.'
  return { root, diagnostics, format: options.format, ...(text !== undefined && { text }) }
}
