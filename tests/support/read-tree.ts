import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'

/**
 * Every file below a folder, by its relative path; bytes as Latin-1, so that nothing is lost. Installed
 * packages are left out, and links are not followed.
 */
export async function readTree(root: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  const pending = ['']
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    for (const entry of await readdir(path.join(root, folder), { withFileTypes: true })) {
      const file = path.join(folder, entry.name)
      if (entry.isDirectory() && entry.name !== 'node_modules') pending.push(file)
      if (entry.isFile()) found[file] = await readFile(path.join(root, file), 'latin1')
    }
  }
  return found
}
