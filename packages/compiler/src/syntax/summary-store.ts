import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { readSummary } from './read-summary.ts'
import type { Summary } from './summary.ts'
import { loadSummaryCache, saveSummaryCache, type CachedSummary } from './summary-cache.ts'
import { saveTypeScriptCode } from './typescript.ts'

export interface SummaryStore {
  /** The summary of a file by its absolute path; `undefined` if there is no such file. */
  read(file: string): Summary | undefined
  /** Keeps what was read for the next run. Never fails. */
  save(): void
}

/**
 * Summaries of files, from the cache where the file is as it was. A time stamp that is not older than
 * the cache itself proves nothing, since an edit may follow within the same tick: then the text decides.
 *
 * @param cacheFile Where the cache lies; without it every file is parsed.
 */
export function openSummaryStore(cacheFile: string | undefined): SummaryStore {
  const { savedAt, files: cached } =
    cacheFile === undefined ? { savedAt: 0, files: new Map() } : loadSummaryCache(cacheFile)
  const used = new Map<string, CachedSummary>()
  let changed = false
  return {
    read(file) {
      const before: CachedSummary | undefined = cached.get(file)
      const entry = readEntry(file, before, savedAt)
      if (entry === undefined) return undefined
      if (entry !== before) changed = true
      used.set(file, entry)
      return entry.summary
    },
    save() {
      if (cacheFile === undefined) return
      saveTypeScriptCode()
      if (changed || used.size !== cached.size) saveSummaryCache(cacheFile, used)
    },
  }
}

/** Within this time file systems may give two edits the same time stamp. */
const tick = 2_000

function readEntry(
  file: string,
  before: CachedSummary | undefined,
  savedAt: number,
): CachedSummary | undefined {
  const stats = statSync(file, { throwIfNoEntry: false })
  if (!stats?.isFile()) return undefined
  const { mtimeMs, size } = stats
  const same = before?.mtimeMs === mtimeMs && before.size === size
  if (same && mtimeMs < savedAt - tick) return before
  const text = readFileSync(file, 'utf8')
  const hash = createHash('sha256').update(text).digest('base64')
  if (before?.hash === hash) return same ? before : { ...before, mtimeMs, size }
  return { mtimeMs, size, hash, summary: readSummary(file, text) }
}
