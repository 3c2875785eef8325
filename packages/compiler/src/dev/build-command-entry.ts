import { rm } from 'node:fs/promises'
import { join } from 'node:path'

import { groupByApp } from '../bundle/app-chunks.ts'
import { serveMemoryFiles } from '../bundle/memory-files.ts'
import { type BuildOutcome, runBuild } from '../bundle/run-build.ts'
import type { Model } from '../model/model.ts'
import type { OutputFile } from '../render/output-file.ts'
import { generatedDirectory } from '../render/paths.ts'
import { keepInstalledExternal } from './installed-packages.ts'

export interface CommandEntry extends BuildOutcome {
  /** The module to run, absolute. */
  readonly entry: string
  /** Removes the bundle. */
  remove(): Promise<void>
}

/**
 * Bundles `generated/dev/command.ts` as it is rendered now into a folder of this process. Installed
 * packages stay outside; `generated/` is left as it is.
 */
export async function buildCommandEntry(options: {
  readonly root: string
  readonly model: Model
  readonly files: readonly OutputFile[]
}): Promise<CommandEntry> {
  const { root, model, files } = options
  const generated = join(root, generatedDirectory)
  const directory = join(root, '.neemata', 'command', String(process.pid))
  const outcome = await runBuild({
    root,
    entries: { command: join(generated, 'dev', 'command.ts') },
    directory,
    mode: 'development',
    plugins: [
      serveMemoryFiles({ files, directory: generated }),
      keepInstalledExternal(directory),
      groupByApp({ root, model }),
    ],
  })
  return {
    ...outcome,
    entry: join(directory, 'command.js'),
    remove: () => rm(directory, { recursive: true, force: true }),
  }
}
