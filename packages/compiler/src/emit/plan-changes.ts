import { readdir, readFile } from 'node:fs/promises'
import { join, sep } from 'node:path'

import { hasHeader } from '../render/header.ts'
import type { OutputFile } from '../render/output-file.ts'

/** What separates a folder from what it should hold. Paths are relative to it, POSIX, sorted. */
export interface Changes {
  /** Not there yet. */
  readonly missing: readonly OutputFile[]
  /** There, with another text. */
  readonly changed: readonly OutputFile[]
  readonly unchanged: readonly string[]
  /** Ours, but no longer produced. */
  readonly extra: readonly string[]
  /** In the way: should be written, but the file there has no header of ours. */
  readonly foreign: readonly string[]
}

/** Compares a folder with the files that it should hold. Writes nothing. */
export async function planChanges(options: {
  readonly files: readonly OutputFile[]
  readonly directory: string
}): Promise<Changes> {
  const { files, directory } = options
  const missing: OutputFile[] = []
  const changed: OutputFile[] = []
  const unchanged: string[] = []
  const foreign: string[] = []
  for (const file of files) {
    const text = await readIfExists(join(directory, file.path))
    if (text === undefined) missing.push(file)
    else if (text === file.text) unchanged.push(file.path)
    else if (hasHeader(text)) changed.push(file)
    else foreign.push(file.path)
  }
  return { missing, changed, unchanged, foreign, extra: await findExtra(files, directory) }
}

async function findExtra(files: readonly OutputFile[], directory: string): Promise<string[]> {
  const produced = new Set(files.map((file) => file.path))
  const extra: string[] = []
  for (const path of await listFiles(directory)) {
    if (produced.has(path)) continue
    const text = await readIfExists(join(directory, path))
    if (text !== undefined && hasHeader(text)) extra.push(path)
  }
  return extra.sort()
}

async function listFiles(directory: string): Promise<string[]> {
  const entries = await ignoreMissing(
    readdir(directory, { recursive: true, withFileTypes: true }),
    [],
  )
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(directory.length + 1)
        .replaceAll(sep, '/'),
    )
}

function readIfExists(path: string): Promise<string | undefined> {
  return ignoreMissing<string | undefined>(readFile(path, 'utf8'), undefined)
}

async function ignoreMissing<Value>(promise: Promise<Value>, fallback: Value): Promise<Value> {
  try {
    return await promise
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return fallback
    throw error
  }
}
