import { cp, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/**
 * Puts a finished folder in the place of another, which may not exist. Until then the old one is
 * untouched, and it comes back if the last step fails.
 */
export async function replaceDirectory(finished: string, target: string): Promise<void> {
  const old = nameTemporary(target, 'old')
  try {
    await rename(target, old)
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return await rename(finished, target)
    // A mounted volume can't be renamed, only filled.
    if (hasCode(error, 'EBUSY', 'EXDEV')) return await refill(finished, target)
    throw error
  }
  try {
    await rename(finished, target)
  } catch (error) {
    await rename(old, target)
    throw error
  }
  await rm(old, { recursive: true, force: true })
}

/** Makes an empty folder beside the target, where renaming is cheap, and clears what dead builds left. */
export async function createTemporary(target: string): Promise<string> {
  const parent = dirname(target)
  await mkdir(parent, { recursive: true })
  for (const name of await readdir(parent)) {
    const pid = readOwner(name, target)
    if (pid !== undefined && !isAlive(pid))
      await rm(join(parent, name), { recursive: true, force: true })
  }
  const directory = nameTemporary(target, 'new')
  await rm(directory, { recursive: true, force: true })
  await mkdir(directory)
  return directory
}

function nameTemporary(target: string, state: 'new' | 'old'): string {
  return join(dirname(target), `.${basename(target)}-${state}-${process.pid}`)
}

function readOwner(name: string, target: string): number | undefined {
  const prefix = `.${basename(target)}-`
  const match = name.startsWith(prefix)
    ? /^(?:new|old)-(\d+)$/.exec(name.slice(prefix.length))
    : null
  return match === null ? undefined : Number(match[1])
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return hasCode(error, 'EPERM')
  }
}

async function refill(finished: string, target: string): Promise<void> {
  for (const name of await readdir(target)) {
    await rm(join(target, name), { recursive: true, force: true })
  }
  await cp(finished, target, { recursive: true })
}

function hasCode(error: unknown, ...codes: string[]): boolean {
  return codes.includes((error as NodeJS.ErrnoException).code ?? '')
}
