import { compile } from '../../compile.ts'
import { emit } from '../../emit/emit.ts'
import { findStale } from '../../emit/find-stale.ts'
import { generatedDirectory as directory } from '../../render/paths.ts'
import type { CommandResult, CommonOptions } from '../command.ts'
import { formatCount, formatDuration } from '../format-quantity.ts'

export interface GenerateOptions extends CommonOptions {
  /** Write nothing; report stale files. */
  readonly check: boolean
}

/** `neemata generate`: writes what changed in `generated/`. */
export async function generate(options: GenerateOptions): Promise<CommandResult> {
  const started = performance.now()
  const { loaded, files, diagnostics } = await compile(options)
  const root = loaded?.root ?? options.cwd
  if (files === undefined) return { root, diagnostics }
  if (options.check) {
    const stale = await findStale({ files, root, directory })
    const text = stale.length === 0 ? `${directory}/ is up to date.` : undefined
    return { root, diagnostics: [...diagnostics, ...stale], ...(text !== undefined && { text }) }
  }
  const {
    written,
    removed,
    unchanged,
    diagnostics: problems,
  } = await emit({
    files,
    root,
    directory,
  })
  const all = [...diagnostics, ...problems]
  const data = { written, removed, unchanged }
  if (problems.length > 0) return { root, diagnostics: all, data }
  const duration = formatDuration(performance.now() - started)
  const lines = [
    ...written.map((path) => `wrote ${directory}/${path}`),
    ...removed.map((path) => `removed ${directory}/${path}`),
    ...(options.verbose ? unchanged.map((path) => `kept ${directory}/${path}`) : []),
    `Generated ${formatCount(files.length, 'file')} in ${duration}, ${written.length} changed.`,
  ]
  return { root, diagnostics: all, data, text: lines.join('\n') }
}
