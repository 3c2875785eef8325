import { copyFile, mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { createDiagnostic } from '../diagnostics/create-diagnostic.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { ExternalImport } from './external-packages.ts'
import { placePackages } from './place-packages.ts'
import { tracePackages, type TracedPackage } from './trace-packages.ts'

/**
 * Copies the packages that a bundle imports, and all that they need, into the `node_modules` of a
 * folder, so that it runs wherever it is put.
 */
export async function copyExternals(options: {
  readonly imports: readonly ExternalImport[]
  /** The project root, absolute. */
  readonly root: string
  /** The folder with the bundle, absolute. */
  readonly directory: string
}): Promise<readonly Diagnostic[]> {
  const { imports, root, directory } = options
  if (imports.length === 0) return []
  const { packages, roots, diagnostics } = await tracePackages(imports, root)
  const { targets, conflicts } = placePackages({ packages, roots })
  const problems = [...diagnostics, ...conflicts.map((name) => reportConflict(name, roots))]
  if (problems.length > 0) return problems
  for (const [target, key] of targets) {
    const traced = packages.get(key)
    if (traced !== undefined) await copyPackage(traced, join(directory, 'node_modules', target))
  }
  return []
}

async function copyPackage({ folder, files }: TracedPackage, target: string): Promise<void> {
  const folders = new Set([...files].map((file) => dirname(join(target, file))))
  for (const each of folders) await mkdir(each, { recursive: true })
  await Promise.all([...files].map((file) => copyFile(join(folder, file), join(target, file))))
}

function reportConflict(
  name: string,
  roots: readonly { readonly name: string; readonly folder: string }[],
): Diagnostic {
  const folders = roots.filter((root) => root.name === name).map((root) => root.folder)
  return createDiagnostic('NM4108', {
    message: `'${name}' is imported from ${folders.join(' and from ')}.`,
  })
}
