import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { createDiagnostic } from '../diagnostics/create-diagnostic.ts'
import type { Diagnostic, SourcePlace } from '../diagnostics/diagnostic.ts'
import type { OutputFile } from '../render/output-file.ts'
import type { EmitOptions } from './emit.ts'
import { planChanges } from './plan-changes.ts'

/** One diagnostic for each file that `emit` would write, remove or refuse. Writes nothing. */
export async function findStale({ files, root, directory }: EmitOptions): Promise<Diagnostic[]> {
  const folder = join(root, directory)
  const changes = await planChanges({ files, directory: folder })
  const expected = new Map(files.map((file) => [file.path, file]))
  const differing = [...changes.changed.map((file) => file.path), ...changes.foreign]
  return [
    ...changes.missing.map(({ path }) => report(`${directory}/${path} is missing.`)),
    ...(await Promise.all(
      differing.map(async (path) =>
        report(
          `${directory}/${path} is not what the compiler writes today.`,
          await findDifference({ folder, directory, file: expected.get(path)! }),
        ),
      ),
    )),
    ...changes.extra.map((path) =>
      report(`${directory}/${path} is no longer produced.`, {
        file: `${directory}/${path}`,
        line: 1,
        column: 1,
      }),
    ),
  ]
}

function report(message: string, at?: SourcePlace): Diagnostic {
  return createDiagnostic('NM4003', { message, at })
}

/** The first place where the file on disk leaves the text that it should have. */
async function findDifference(options: {
  readonly folder: string
  readonly directory: string
  readonly file: OutputFile
}): Promise<SourcePlace> {
  const { folder, directory, file } = options
  const actual = await readFile(join(folder, file.path), 'utf8')
  let offset = 0
  while (offset < actual.length && actual[offset] === file.text[offset]) offset += 1
  const before = actual.slice(0, offset).split('\n')
  return {
    file: `${directory}/${file.path}`,
    line: before.length,
    column: (before.at(-1)?.length ?? 0) + 1,
  }
}
