import { rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'

import type { ResolvedConfig } from '../config/resolved-config.ts'
import { createDiagnostic } from '../diagnostics/create-diagnostic.ts'
import type { Diagnostic, SourcePlace } from '../diagnostics/diagnostic.ts'
import { hasErrors } from '../diagnostics/summary.ts'
import type { Model } from '../model/model.ts'
import type { OutputFile } from '../render/output-file.ts'
import { generatedDirectory } from '../render/paths.ts'
import { groupByApp } from './app-chunks.ts'
import { buildStandalone } from './build-standalone.ts'
import { copyExternals } from './copy-externals.ts'
import { measureOutput, type OutputSize } from './measure-output.ts'
import { serveMemoryFiles } from './memory-files.ts'
import { checkOutDir } from './out-dir.ts'
import { createTemporary, replaceDirectory } from './replace-directory.ts'

export interface BundleOptions {
  /** The project root, absolute. */
  readonly root: string
  readonly config: ResolvedConfig
  readonly model: Model
  /** The rendered files; taken from here, whatever `generated/` holds. */
  readonly files: readonly OutputFile[]
  /** Finds where a config option was written. */
  readonly locate?: (path: readonly PropertyKey[]) => SourcePlace | undefined
  /** Runs when the output is complete, before it takes its place; an error here keeps the previous one. */
  readonly publish?: () => Promise<readonly Diagnostic[]>
}

export interface BundleResult {
  /** What was built; absent when it failed, and then the previous output is as it was. */
  readonly sizes?: readonly OutputSize[]
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Builds `generated/prod/main.ts` into the output folder, which then runs with plain Node wherever it
 * is copied. Built aside and swapped in only when everything succeeded.
 */
export async function bundle(options: BundleOptions): Promise<BundleResult> {
  const { root, config } = options
  const refusal = checkOutDir(root, config)
  if (refusal !== undefined) {
    const at = options.locate?.(['build', 'outDir'])
    return { diagnostics: [at === undefined ? refusal : { ...refusal, at }] }
  }
  const outDir = resolve(root, config.build.outDir)
  try {
    const temporary = await createTemporary(outDir)
    try {
      return await bundleInto(options, { temporary, outDir })
    } finally {
      await rm(temporary, { recursive: true, force: true })
    }
  } catch (error) {
    return { diagnostics: [explain(error, config.build.outDir)] }
  }
}

async function bundleInto(
  { root, config, model, files, publish }: BundleOptions,
  { temporary, outDir }: { readonly temporary: string; readonly outDir: string },
): Promise<BundleResult> {
  const generated = join(root, generatedDirectory)
  const built = await buildStandalone({
    root,
    entries: { main: join(generated, 'prod', 'main.ts') },
    directory: temporary,
    external: config.build.external,
    plugins: [serveMemoryFiles({ files, directory: generated }), groupByApp({ root, model })],
  })
  if (!built.succeeded) return { diagnostics: built.diagnostics }
  const copying = await copyExternals({ imports: built.externals, root, directory: temporary })
  if (hasErrors(copying)) return { diagnostics: [...built.diagnostics, ...copying] }
  await writeFile(join(temporary, 'package.json'), '{\n  "type": "module"\n}\n')
  const sizes = await measureOutput(temporary)
  const publishing = (await publish?.()) ?? []
  const diagnostics = [...built.diagnostics, ...copying, ...publishing]
  if (hasErrors(publishing)) return { diagnostics }
  await replaceDirectory(temporary, outDir)
  return { sizes, diagnostics }
}

function explain(error: unknown, outDir: string): Diagnostic {
  if (!(error instanceof Error) || !('syscall' in error)) throw error
  return createDiagnostic('NM4002', { message: `Writing ${outDir}/ failed: ${error.message}` })
}
