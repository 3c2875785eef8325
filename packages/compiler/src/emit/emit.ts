import { rm, rmdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { createDiagnostic } from '../diagnostics/create-diagnostic.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { OutputFile } from '../render/output-file.ts'
import { planChanges } from './plan-changes.ts'
import { writeFileAtomically } from './write-file.ts'

export interface EmitOptions {
  readonly files: readonly OutputFile[]
  /** The project root, absolute. */
  readonly root: string
  /** The folder to write into, relative to the root, POSIX. */
  readonly directory: string
}

/** What became of the folder; paths are relative to it. */
export interface EmitReport {
  readonly written: readonly string[]
  readonly removed: readonly string[]
  readonly unchanged: readonly string[]
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Makes a folder hold the given files: writes those that differ and removes those that carry our header
 * and are no longer produced. A file without our header is never touched; if one is in the way, nothing
 * is written at all.
 */
export async function emit({ files, root, directory }: EmitOptions): Promise<EmitReport> {
  const folder = join(root, directory)
  try {
    const changes = await planChanges({ files, directory: folder })
    if (changes.foreign.length > 0) {
      const diagnostics = changes.foreign.map((path) => refuse(`${directory}/${path}`))
      return { written: [], removed: [], unchanged: changes.unchanged, diagnostics }
    }
    const writes = [...changes.missing, ...changes.changed]
    for (const file of writes) await writeFileAtomically(join(folder, file.path), file.text)
    for (const path of changes.extra) await remove(folder, path)
    const written = writes.map((file) => file.path).sort()
    return { written, removed: changes.extra, unchanged: changes.unchanged, diagnostics: [] }
  } catch (error) {
    return { written: [], removed: [], unchanged: [], diagnostics: [explain(error, directory)] }
  }
}

async function remove(folder: string, path: string): Promise<void> {
  await rm(join(folder, path), { force: true })
  for (let above = dirname(path); above !== '.'; above = dirname(above)) {
    try {
      await rmdir(join(folder, above))
    } catch {
      // Something else lives there still.
      return
    }
  }
}

function refuse(file: string): Diagnostic {
  return createDiagnostic('NM4001', {
    message: `${file} has no header of ours, so it is not overwritten.`,
    at: { file, line: 1, column: 1 },
  })
}

function explain(error: unknown, directory: string): Diagnostic {
  if (!(error instanceof Error) || !('syscall' in error)) throw error
  return createDiagnostic('NM4002', {
    message: `Writing ${directory}/ failed: ${error.message}`,
  })
}
