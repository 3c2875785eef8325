import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { NeemataError } from '../../errors/neemata-error.ts'

/** Raised whenever the engine's files of an older release can't be read any more. */
const current = { format: 1, engine: 'pglite 0.5, postgres 18' }

/**
 * Writes into a new directory what made it, and refuses one that something else made.
 * @throws NeemataError NM7602
 */
export async function checkStoreVersion(directory: string): Promise<void> {
  const path = join(directory, 'version.json')
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text === undefined) {
    await writeFile(path, `${JSON.stringify(current)}\n`)
    return
  }
  if (readFormat(text) === current.format) return
  throw new NeemataError('NM7602', `${directory} was written by another release: ${text.trim()}`)
}

function readFormat(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && 'format' in value
      ? value.format
      : undefined
  } catch {
    return undefined
  }
}
