import { bundle } from '../../bundle/bundle.ts'
import { compile } from '../../compile.ts'
import { emit } from '../../emit/emit.ts'
import { generatedDirectory as directory } from '../../render/paths.ts'
import type { CommandResult, CommonOptions } from '../command.ts'
import { formatDuration } from '../format-quantity.ts'
import { recordBuild } from '../last-build.ts'
import { renderSizeTree } from '../size-tree.ts'

/**
 * `neemata build`: writes `generated/` and the bundle. Neither is touched unless everything succeeded.
 */
export async function build(options: CommonOptions): Promise<CommandResult> {
  const started = performance.now()
  const { loaded, config, model, files, diagnostics } = await compile(options)
  const root = loaded?.root ?? options.cwd
  if (loaded === undefined || config === undefined || model === undefined || files === undefined) {
    return { root, diagnostics }
  }
  const { sizes, diagnostics: problems } = await bundle({
    root,
    config,
    model,
    files,
    locate: (path) => loaded.locate(path),
    publish: async () => (await emit({ files, root, directory })).diagnostics,
  })
  const all = [...diagnostics, ...problems]
  if (sizes === undefined) return { root, diagnostics: all }
  const { outDir } = config.build
  await recordBuild(root, outDir)
  const duration = formatDuration(performance.now() - started)
  const text = `Built in ${duration}.\n\n${renderSizeTree(outDir, sizes)}`
  return { root, diagnostics: all, data: { outDir, files: sizes }, text }
}
