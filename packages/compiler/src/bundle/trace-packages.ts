import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, parse, resolve } from 'node:path'

import type * as Nft from '@vercel/nft'

import { createDiagnostic } from '../diagnostics/create-diagnostic.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { ExternalImport } from './external-packages.ts'
import { type PackageFolder, PackageFolders } from './package-folders.ts'
import { readPackageName } from './package-name.ts'

/** A package with those of its files that can be reached at run time. */
export interface TracedPackage {
  /** Where it is installed, absolute; tells packages apart. */
  readonly folder: string
  readonly name: string
  readonly version: string
  /** Relative to the folder. */
  readonly files: Set<string>
  /** The packages that it imports, by folder. */
  readonly dependencies: Set<string>
}

export interface TracedPackages {
  /** By folder. */
  readonly packages: ReadonlyMap<string, TracedPackage>
  /** The folders that the bundle's own imports lead to, under the name that they use. */
  readonly roots: readonly { readonly name: string; readonly folder: string }[]
  readonly diagnostics: readonly Diagnostic[]
}

/** Follows external imports to every file that they can reach, data files and addons included. */
export async function tracePackages(
  imports: readonly ExternalImport[],
  root: string,
): Promise<TracedPackages> {
  const entries = new Map(imports.map((each, index) => [nameEntry(each, index), each]))
  const base = parse(resolve(root)).root
  const traced = await trace(entries, base)
  return new Collector({ entries, traced, base, folders: new PackageFolders() }).collect()
}

/** A module that exists for the tracer alone, beside the importing file: resolution starts there. */
function nameEntry({ importer, required }: ExternalImport, index: number): string {
  const extension = required ? 'cjs' : 'mjs'
  return join(dirname(importer), `__neemata-external-${index}.${extension}`)
}

function trace(entries: ReadonlyMap<string, ExternalImport>, base: string) {
  // Loaded by `require`: importing this CommonJS package costs more time than running it.
  const { nodeFileTrace } = createRequire(import.meta.url)('@vercel/nft') as typeof Nft
  return nodeFileTrace([...entries.keys()], {
    base,
    // Files that a package finds by the working directory belong to whoever starts the process.
    processCwd: join(base, '__neemata-nowhere__'),
    async readFile(path) {
      const entry = entries.get(path)
      if (entry !== undefined) return renderImport(entry)
      try {
        return await readFile(path)
      } catch {
        return null
      }
    },
  })
}

function renderImport({ specifier, required }: ExternalImport): string {
  const text = JSON.stringify(specifier)
  return required ? `require(${text})` : `import ${text}`
}

/** Sorts traced files into packages. */
class Collector {
  readonly #entries: ReadonlyMap<string, ExternalImport>
  readonly #traced: Nft.NodeFileTraceResult
  readonly #base: string
  readonly #folders: PackageFolders
  readonly #packages = new Map<string, TracedPackage>()

  constructor(options: {
    entries: ReadonlyMap<string, ExternalImport>
    traced: Nft.NodeFileTraceResult
    base: string
    folders: PackageFolders
  }) {
    this.#entries = options.entries
    this.#traced = options.traced
    this.#base = options.base
    this.#folders = options.folders
  }

  collect(): TracedPackages {
    const found = new Map<string, PackageFolder>()
    for (const path of this.#traced.fileList) {
      const file = join(this.#base, path)
      const folder = this.#entries.has(file) ? undefined : this.#folders.find(file)
      if (folder === undefined) continue
      found.set(path, folder)
      this.#add(folder).files.add(file.slice(folder.path.length + 1))
    }
    const roots = new Map<string, { name: string; folder: string }>()
    const resolved = new Set<string>()
    for (const [path, folder] of found) {
      for (const parent of this.#traced.reasons.get(path)?.parents ?? []) {
        const entry = this.#entries.get(join(this.#base, parent))
        if (entry === undefined) this.#connect(found.get(parent), folder)
        else {
          resolved.add(join(this.#base, parent))
          const name = readPackageName(entry.specifier)
          roots.set(`${name}\0${folder.path}`, { name, folder: folder.path })
        }
      }
    }
    const unresolved = [...this.#entries].filter(([path]) => !resolved.has(path))
    const diagnostics = unresolved.map(([, entry]) => report(entry))
    return { packages: this.#packages, roots: [...roots.values()], diagnostics }
  }

  #add({ path, name, version }: PackageFolder): TracedPackage {
    const known = this.#packages.get(path)
    if (known !== undefined) return known
    const files = new Set(['package.json'])
    const created = { folder: path, name, version, files, dependencies: new Set<string>() }
    this.#packages.set(path, created)
    return created
  }

  #connect(from: PackageFolder | undefined, to: PackageFolder): void {
    if (from === undefined || from.path === to.path) return
    this.#packages.get(from.path)?.dependencies.add(to.path)
  }
}

function report({ specifier, importer }: ExternalImport): Diagnostic {
  return createDiagnostic('NM4107', {
    message: `'${specifier}', which stays outside of the bundle, is not found from ${dirname(importer)}.`,
  })
}
