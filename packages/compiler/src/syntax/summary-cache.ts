import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { replaceFile } from './replace-file.ts'
import type { Summary } from './summary.ts'

export interface CachedSummary {
  readonly mtimeMs: number
  readonly size: number
  /** Of the text. */
  readonly hash: string
  readonly summary: Summary
}

export interface SummaryCache {
  /** Milliseconds since 1970. */
  readonly savedAt: number
  /** By absolute path. */
  readonly files: ReadonlyMap<string, CachedSummary>
}

/** Raised whenever the same text gives another summary. */
const format = 1

/**
 * Where the summaries of a project are kept: in the nearest `node_modules/.cache`, own file per
 * project root. `undefined` where there is no node_modules.
 */
export function summaryCacheFile(root: string): string | undefined {
  let folder = path.resolve(root)
  while (!existsSync(path.join(folder, 'node_modules'))) {
    const parent = path.dirname(folder)
    if (parent === folder) return undefined
    folder = parent
  }
  const name = createHash('sha256').update(path.resolve(root)).digest('hex').slice(0, 12)
  return path.join(folder, 'node_modules/.cache/neemata', `summaries-${name}.json`)
}

/** An unreadable cache, or one of another version, is an empty one. */
export function loadSummaryCache(file: string): SummaryCache {
  try {
    const stored: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (isStored(stored) && stored.version === cacheVersion()) {
      return { savedAt: stored.savedAt, files: new Map(stored.files) }
    }
  } catch {
    // Absent or damaged: everything is parsed again.
  }
  return { savedAt: 0, files: new Map() }
}

/** A cache that can't be written only costs time, so nothing is thrown. */
export function saveSummaryCache(file: string, files: ReadonlyMap<string, CachedSummary>): void {
  const stored = { version: cacheVersion(), savedAt: Date.now(), files: [...files] }
  try {
    replaceFile(file, JSON.stringify(stored))
  } catch {
    // A read-only or full disk: the next run parses again.
  }
}

interface Stored {
  readonly version: string
  readonly savedAt: number
  readonly files: readonly (readonly [string, CachedSummary])[]
}

function isStored(value: unknown): value is Stored {
  if (typeof value !== 'object' || value === null) return false
  const { version, savedAt, files } = value as Partial<Record<keyof Stored, unknown>>
  return typeof version === 'string' && typeof savedAt === 'number' && Array.isArray(files)
}

/** ts-morph pins the TypeScript that it ships, so its version stands for both, without loading it. */
function cacheVersion(): string {
  const { version } = createRequire(import.meta.url)('ts-morph/package.json') as {
    version: string
  }
  return `${format}:${version}`
}
