import { isAbsolute, relative, sep } from 'node:path'
import { stripVTControlCharacters } from 'node:util'

import { createDiagnostic } from '../diagnostics/create-diagnostic.ts'
import type { Diagnostic, SourcePlace } from '../diagnostics/diagnostic.ts'
import { ownFilesCode } from './own-files.ts'
import { findInstalledPackage } from './package-name.ts'

/** The part of the bundler's errors and warnings that is read here. */
export interface BuildLog {
  readonly code?: string
  readonly message: string
  readonly id?: string
  readonly pluginCode?: unknown
  readonly plugin?: string
  /** The module that misses an export; despite the name, what an unresolved import asked for. */
  readonly exporter?: string
  readonly loc?: { readonly file?: string; readonly line: number; readonly column: number }
}

/** What made a build fail, one diagnostic for each error of the bundler. */
export function explainFailure(error: unknown, root: string): Diagnostic[] {
  const logs =
    typeof error === 'object' && error !== null && 'errors' in error && Array.isArray(error.errors)
      ? error.errors
      : [error]
  return logs.map((log) => explainError(readLog(log), root))
}

/**
 * What a warning of the bundler means; `undefined` for one about installed code, which the user can't
 * change. A package that is not installed is an error here: the bundle has to run by itself.
 */
export function explainWarning(log: BuildLog, root: string): Diagnostic | undefined {
  const file = log.loc?.file ?? log.id
  if (file === undefined || findInstalledPackage(file) !== undefined) return undefined
  if (log.code === 'UNRESOLVED_IMPORT') return explainError(log, root)
  const code = log.pluginCode === ownFilesCode ? 'NM4109' : 'NM4106'
  return createDiagnostic(code, { message: summarise(log.message), at: locate(log, root) })
}

function explainError(log: BuildLog, root: string): Diagnostic {
  const message = summarise(log.message)
  switch (log.code) {
    case 'PARSE_ERROR':
      return createDiagnostic('NM4102', { message, at: locate(log, root) })
    case 'UNRESOLVED_IMPORT': {
      const length = (log.exporter?.length ?? -1) + 2
      const place = locate(log, root, length)
      return createDiagnostic('NM4103', {
        message: `Nothing is found at '${log.exporter}'.`,
        at: place,
      })
    }
    case 'MISSING_EXPORT': {
      const name = /^"([^"]+)"/.exec(message)?.[1] ?? ''
      const exporter = log.exporter ?? ''
      const from = findInstalledPackage(exporter) ?? relativeToRoot(exporter, root)
      return createDiagnostic('NM4104', {
        message: `'${name}' is not exported by ${from}.`,
        at: locate(log, root, name.length),
      })
    }
    default:
      if (log.plugin === 'neemata:json') {
        return createDiagnostic('NM4102', { message, at: locate(log, root) })
      }
      return createDiagnostic('NM4105', { message, at: locate(log, root) })
  }
}

/** The sentence of a message, without the bundler's code, frame and native stack. */
function summarise(message: string): string {
  const text = stripVTControlCharacters(message)
    .replace(/^(?:\[[\w:-]+\]\s*)+/, '')
    .split(/\n\s*(?:╭|Stack backtrace:)/)[0]!
    .replaceAll(/\s*\n\s*/g, ' ')
    .trim()
  return /[.!?]$/.test(text) ? text : `${text}.`
}

function locate(log: BuildLog, root: string, length = 0): SourcePlace | undefined {
  const file = log.loc?.file ?? log.id
  if (file === undefined || file.startsWith('\0')) return undefined
  const path = relativeToRoot(file, root)
  if (log.loc === undefined) return { file: path, line: 1, column: 1 }
  const { line, column } = log.loc
  const start = { file: path, line, column: column + 1 }
  return length > 0 ? { ...start, endLine: line, endColumn: column + 1 + length } : start
}

function relativeToRoot(file: string, root: string): string {
  return (isAbsolute(file) ? relative(root, file) : file).replaceAll(sep, '/')
}

function readLog(error: unknown): BuildLog {
  return error instanceof Error ? (error as Error & BuildLog) : { message: String(error) }
}
