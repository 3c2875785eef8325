import { readdir, readFile } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

/** A file of the output, or a copied package as a whole. Sizes in bytes. */
export interface OutputSize {
  /** Relative to the output folder, POSIX. */
  readonly path: string
  readonly size: number
  readonly gzip: number
}

const compress = promisify(gzip)

/** Measures what a build made: files one by one, packages in `node_modules` as a whole; by path. */
export async function measureOutput(directory: string): Promise<readonly OutputSize[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  const sizes = await Promise.all(
    files.map(async (entry) => {
      const file = join(entry.parentPath, entry.name)
      const bytes = await readFile(file)
      const path = file.slice(directory.length + 1).replaceAll(sep, '/')
      return { path: foldPackage(path), size: bytes.length, gzip: (await compress(bytes)).length }
    }),
  )
  const totals = new Map<string, OutputSize>()
  for (const { path, ...size } of sizes) {
    const total = totals.get(path) ?? { path, size: 0, gzip: 0 }
    totals.set(path, { path, size: total.size + size.size, gzip: total.gzip + size.gzip })
  }
  return [...totals.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
}

function foldPackage(path: string): string {
  return /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? path
}
