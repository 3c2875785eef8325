import { type FSWatcher, readdirSync, statSync, watch } from 'node:fs'
import { basename, dirname, join, sep } from 'node:path'

export interface SourceWatcherOptions {
  /** Watched with every folder below. */
  readonly root: string
  /** Tells folders that are not watched, absolute; nor are `node_modules` and hidden ones, anywhere. */
  readonly ignores: (directory: string) => boolean
  /** Called with the files that changed, appeared or vanished, absolute. */
  readonly onChange: (files: readonly string[]) => void
  /** Called once if the system refuses to watch. */
  readonly onError: (error: Error) => void
}

/** How long after the first sign of a change it is looked at, in ms: editors write in several steps. */
const settleTime = 10

const sourceName = /\.(?:[cm]?[jt]s|[jt]sx|json)$/

/**
 * Watches source files through their folders, one by one: so it sees saves by rename, deletions and new
 * files alike, on every system. Of several signs of one change only the first counts.
 */
export class SourceWatcher {
  readonly #options: SourceWatcherOptions
  readonly #watchers = new Map<string, FSWatcher>()
  readonly #signatures = new Map<string, string>()
  readonly #touched = new Set<string>()
  #known: ReadonlySet<string> = new Set()
  #timer: NodeJS.Timeout | undefined

  constructor(options: SourceWatcherOptions) {
    this.#options = options
    this.#watchTree(options.root)
  }

  /** Names files that matter, whatever they are called and wherever they lie. */
  setFiles(files: readonly string[]): void {
    this.#known = new Set(files)
    for (const file of files) this.#watchDirectory(dirname(file))
  }

  close(): void {
    clearTimeout(this.#timer)
    for (const watcher of this.#watchers.values()) watcher.close()
    this.#watchers.clear()
  }

  #watchTree(directory: string): void {
    if (this.#isIgnored(directory)) return
    this.#watchDirectory(directory)
    for (const entry of readDirectory(directory)) {
      if (entry.isDirectory()) this.#watchTree(join(directory, entry.name))
    }
  }

  #isIgnored(directory: string): boolean {
    if (directory === this.#options.root) return false
    const name = basename(directory)
    return name === 'node_modules' || name.startsWith('.') || this.#options.ignores(directory)
  }

  #watchDirectory(directory: string): void {
    if (this.#watchers.has(directory)) return
    try {
      const watcher = watch(directory, (_, name) => this.#touch(directory, name))
      // Sent when the folder vanishes; its parent tells what there is to tell.
      watcher.on('error', () => this.#forget(directory))
      this.#watchers.set(directory, watcher)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') this.#options.onError(error as Error)
    }
  }

  #forget(directory: string): void {
    this.#watchers.get(directory)?.close()
    this.#watchers.delete(directory)
  }

  #touch(directory: string, name: string | null): void {
    this.#touched.add(name === null ? directory : join(directory, name))
    this.#timer ??= setTimeout(() => this.#settle(), settleTime)
  }

  #settle(): void {
    this.#timer = undefined
    const touched = [...this.#touched]
    this.#touched.clear()
    const changed = new Set(touched.flatMap((path) => this.#findChanges(path)))
    if (changed.size > 0) this.#options.onChange([...changed].sort())
  }

  /** What really changed at a path: the file, or those of a folder that came or went. */
  #findChanges(path: string): string[] {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) {
      return [path, ...this.#forgetTree(path)].filter((file) => this.#hasChanged(file))
    }
    if (this.#isIgnored(path)) return []
    const isNew = !this.#watchers.has(path)
    this.#watchDirectory(path)
    return readDirectory(path).flatMap((entry) => {
      const inside = join(path, entry.name)
      if (!entry.isDirectory()) return this.#hasChanged(inside) ? [inside] : []
      return isNew || !this.#watchers.has(inside) ? this.#findChanges(inside) : []
    })
  }

  /** Forgets a folder that is gone: a renamed one would go on telling its old name. */
  #forgetTree(path: string): string[] {
    const isBelow = (other: string): boolean => other === path || other.startsWith(path + sep)
    for (const directory of [...this.#watchers.keys()].filter(isBelow)) this.#forget(directory)
    const files = [...this.#known, ...this.#signatures.keys()]
    return files.filter((file) => file !== path && isBelow(file))
  }

  #hasChanged(file: string): boolean {
    if (!sourceName.test(file) && !this.#known.has(file)) return false
    const signature = readSignature(file)
    if (this.#signatures.get(file) === signature) return false
    this.#signatures.set(file, signature)
    return true
  }
}

/** Tells versions of a file apart without reading it. */
function readSignature(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false, bigint: true })
  return stats === undefined ? 'absent' : `${stats.ino} ${stats.size} ${stats.mtimeNs}`
}

function readDirectory(directory: string) {
  try {
    return readdirSync(directory, { withFileTypes: true })
  } catch {
    // It vanished meanwhile.
    return []
  }
}
