import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'

/** Every file below a folder, by its relative path; bytes as Latin-1, so that nothing is lost. */
export async function readTree(root: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  const entries = await readdir(root, { withFileTypes: true, recursive: true })
  for (const entry of entries) {
    if (!entry.isFile()) continue
    const file = path.join(entry.parentPath, entry.name)
    found[path.relative(root, file)] = await readFile(file, 'latin1')
  }
  return found
}
