import type { Compilation } from '../compile.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { findStale } from '../emit/find-stale.ts'
import { generatedDirectory } from '../render/paths.ts'
import { typecheck } from './typecheck.ts'

/**
 * Everything that is wrong with a project: what its compilation reported, stale files in `generated/`,
 * type errors. Types are checked only when the compilation succeeded, so that a mistake is not told twice.
 */
export async function check({ loaded, files, diagnostics }: Compilation): Promise<Diagnostic[]> {
  if (loaded === undefined || files === undefined) return [...diagnostics]
  const { root } = loaded
  const generated = files.map((file) => file.path).filter((path) => path.endsWith('.ts'))
  const [stale, types] = await Promise.all([
    findStale({ files, root, directory: generatedDirectory }),
    typecheck({ root, generated }),
  ])
  return [...diagnostics, ...stale, ...types]
}
