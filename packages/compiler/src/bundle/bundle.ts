import { rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'

import type { ResolvedConfig } from '../config/resolved-config.ts'
import { createDiagnostic } from '../diagnostics/create-diagnostic.ts'
import type { Diagnostic, SourcePlace } from '../diagnostics/diagnostic.ts'
import { hasErrors } from '../diagnostics/summary.ts'
import type { Model } from '../model/model.ts'
import type { OutputFile } from '../render/output-file.ts'
import { generatedDirectory } from '../render/paths.ts'
import { resolveFeatures } from '../render/resolve-features.ts'
import { groupByApp } from './app-chunks.ts'
import { buildStandalone } from './build-standalone.ts'
import { copyExternals } from './copy-externals.ts'
import { measureOutput, type OutputSize } from './measure-output.ts'
import { serveMemoryFiles } from './memory-files.ts'
import { checkOutDir } from './out-dir.ts'
import { createTemporary, replaceDirectory } from './replace-directory.ts'
import { dropUnusedParts } from './unused-parts.ts'

/** The Model, by which `neemata inspect` describes an output without its sources. */
const modelFile = 'model.json'

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
 * Builds `generated/prod/` into the output folder, which then runs with plain Node wherever it is
 * copied. Built aside and swapped in only when everything succeeded.
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
    entries: nameEntries({ files, generated }),
    directory: temporary,
    external: config.build.external,
    plugins: [
      serveMemoryFiles({ files, directory: generated }),
      groupByApp({ root, model }),
      dropUnusedParts(resolveFeatures(config, model)),
    ],
  })
  if (!built.succeeded) return { diagnostics: built.diagnostics }
  const copying = await copyExternals({ imports: built.externals, root, directory: temporary })
  if (hasErrors(copying)) return { diagnostics: [...built.diagnostics, ...copying] }
  await writeFile(join(temporary, 'package.json'), '{\n  "type": "module"\n}\n')
  const described = files.find(({ path }) => path === modelFile)
  if (described !== undefined) await writeFile(join(temporary, modelFile), described.text)
  const sizes = await measureOutput(temporary)
  const publishing = (await publish?.()) ?? []
  const diagnostics = [...built.diagnostics, ...copying, ...publishing]
  if (hasErrors(publishing)) return { diagnostics }
  await replaceDirectory(temporary, outDir)
  return { sizes, diagnostics }
}

/** The entries by their names in the output. Every system has `main`; the others only if it needs them. */
function nameEntries(options: { files: readonly OutputFile[]; generated: string }) {
  const rendered = new Set(options.files.map(({ path }) => path))
  const names = ['main', ...['worker', 'command'].filter((name) => rendered.has(`prod/${name}.ts`))]
  return Object.fromEntries(
    names.map((name) => [name, join(options.generated, 'prod', `${name}.ts`)]),
  )
}

function explain(error: unknown, outDir: string): Diagnostic {
  if (!(error instanceof Error) || !('syscall' in error)) throw error
  return createDiagnostic('NM4002', { message: `Writing ${outDir}/ failed: ${error.message}` })
}
