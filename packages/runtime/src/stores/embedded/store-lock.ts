import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { NeemataError } from '../../errors/neemata-error.ts'

/** The right to open a directory of the embedded store, which only one process may have. */
export interface StoreLock {
  release(): Promise<void>
}

interface Holder {
  readonly pid: number
  /** Tells a process from another one that got its number later. Absent where it can't be known. */
  readonly born?: string | undefined
}

const heldHere = new Set<string>()

/**
 * Takes the lock, also over from a process that died with it. The engine itself has none: two processes
 * in one directory destroy each other's data without a word.
 * @throws NeemataError NM7601 if a living process has it
 */
export async function lockStore(directory: string): Promise<StoreLock> {
  await mkdir(directory, { recursive: true })
  const path = join(directory, 'lock')
  const own: Holder = { pid: process.pid, born: readBirth(process.pid) }
  const draft = `${path}.${process.pid}`
  await writeFile(draft, JSON.stringify(own))
  try {
    while (!(await tryLink(draft, path))) await removeIfStale(path)
  } finally {
    await rm(draft, { force: true })
  }
  heldHere.add(path)
  return {
    async release() {
      heldHere.delete(path)
      await rm(path, { force: true })
    },
  }
}

/** Unlike a rename, a link fails if the name is taken: the check and the taking are one step. */
async function tryLink(draft: string, path: string): Promise<boolean> {
  try {
    await link(draft, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

async function removeIfStale(path: string): Promise<void> {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text === undefined) return
  const holder = readHolder(text)
  if (holder && isAlive(holder, path)) {
    throw new NeemataError(
      'NM7601',
      `The embedded jobs store is in use by process ${holder.pid} (${path}).`,
    )
  }
  const grave = `${path}.stale.${process.pid}`
  await rename(path, grave).catch(() => undefined)
  // Another process may have been faster: then this is its lock, and goes back.
  const moved = await readFile(grave, 'utf8').catch(() => text)
  if (moved !== text) await tryLink(grave, path)
  await rm(grave, { force: true })
}

function readHolder(text: string): Holder | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && 'pid' in value
      ? (value as Holder)
      : undefined
  } catch {
    return undefined
  }
}

function isAlive({ pid, born }: Holder, path: string): boolean {
  // In a container a process that starts again often gets the number that it had.
  if (pid === process.pid) return heldHere.has(path)
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  const birth = readBirth(pid)
  return born === undefined || birth === undefined || born === birth
}

/** When the process began, as Linux tells it: the boot, and the ticks since then. */
function readBirth(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name, in brackets, may hold spaces; the start time is the 20th field after it.
    const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${started}`
  } catch {
    return undefined
  }
}
