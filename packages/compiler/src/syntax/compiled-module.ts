import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { Script } from 'node:vm'
import { replaceFile } from './replace-file.ts'

export interface CompiledModule<Exports> {
  readonly exports: Exports
  /** Keeps V8's machine code for the next run, unless it came from there. Never fails. */
  save(): void
}

/**
 * Loads a CommonJS file of a package by way of V8's code cache, which for a file of many megabytes is
 * three times as fast. V8 itself refuses code of another version or of another text.
 *
 * @param file Absolute path below a node_modules, whose `.cache` holds the code.
 */
export function loadCompiledModule<Exports>(file: string): CompiledModule<Exports> {
  const text = readFileSync(file, 'utf8')
  const cacheFile = codeCacheFile(file, text)
  const cachedData = readCode(cacheFile)
  const script = new Script(
    `(function (exports, require, module, __filename, __dirname) {${text}\n})`,
    { filename: file, ...(cachedData && { cachedData }) },
  )
  const module = { exports: {} as Exports }
  const run = script.runInThisContext() as (...scope: readonly unknown[]) => void
  run(module.exports, createRequire(file), module, file, path.dirname(file))
  let saved = cachedData !== undefined && script.cachedDataRejected === false
  return {
    exports: module.exports,
    save() {
      if (saved || cacheFile === undefined) return
      saved = true
      try {
        replaceFile(cacheFile, script.createCachedData())
      } catch {
        // A read-only or full disk: the next run compiles again.
      }
    },
  }
}

function readCode(file: string | undefined): Buffer | undefined {
  if (file === undefined) return undefined
  try {
    return readFileSync(file)
  } catch {
    return undefined
  }
}

/** In the outermost node_modules: package managers nest theirs, and may share the inner ones. */
function codeCacheFile(file: string, text: string): string | undefined {
  const parts = file.split(path.sep)
  const outermost = parts.indexOf('node_modules')
  if (outermost === -1) return undefined
  const key = createHash('sha256')
    .update(`${process.version} ${process.arch} ${file}\n`)
    .update(text)
    .digest('hex')
    .slice(0, 12)
  const folder = parts.slice(0, outermost + 1).join(path.sep)
  return path.join(folder, '.cache/neemata', `${path.basename(file)}-${key}.code`)
}
