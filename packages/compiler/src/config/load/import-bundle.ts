import { existsSync, unlinkSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

export interface BundleImport {
  /** The path that the bundle had, as stacks name it. */
  readonly path: string
  readonly namespace?: Readonly<Record<string, unknown>>
  /** What importing it threw. */
  readonly failure?: { readonly error: unknown }
}

let loads = 0

/**
 * Runs a bundle from a file that is gone afterwards. The file stands where packages are found as they
 * are from the project.
 */
export async function importBundle(root: string, code: string): Promise<BundleImport> {
  const folder = temporaryFolder(root)
  // A name is never used again: Node would answer with the module that it had before.
  const path = join(folder, `neemata.config.${process.pid}-${Date.now()}-${loads++}.mjs`)
  const removeNow = (): void => void (existsSync(path) && unlinkSync(path))
  // The config may end the process.
  process.once('exit', removeNow)
  try {
    await mkdir(folder, { recursive: true })
    await writeFile(path, code)
    const namespace = (await import(pathToFileURL(path).href)) as Record<string, unknown>
    return { path, namespace }
  } catch (error) {
    return { path, failure: { error } }
  } finally {
    process.removeListener('exit', removeNow)
    await rm(path, { force: true })
  }
}

/** The nearest `node_modules`, where no watcher looks; without one, the project itself. */
function temporaryFolder(root: string): string {
  for (let folder = root; ; folder = dirname(folder)) {
    const modules = join(folder, 'node_modules')
    if (existsSync(modules)) return join(modules, '.cache', 'neemata')
    if (folder === dirname(folder)) return root
  }
}
