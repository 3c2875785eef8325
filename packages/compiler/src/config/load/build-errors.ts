import { stripVTControlCharacters } from 'node:util'

import type { BundleError, RolldownError } from 'rolldown'

import { createDiagnostic } from '../../diagnostics/create-diagnostic.ts'
import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import type { LoadSession } from './load-session.ts'

/** Reports why the config could not be bundled. Rethrows what is no fault of the config. */
export function reportBuildErrors(session: LoadSession, error: unknown): void {
  const errors = (error as BundleError).errors
  if (!Array.isArray(errors)) throw error
  const broken = new Set(session.diagnostics.map(({ at }) => at?.file))
  const found = errors
    // A file with a syntax error exports nothing; that is no news.
    .filter(({ exporter }) => exporter === undefined || !broken.has(session.relative(exporter)))
    .map((failure) => createBuildDiagnostic(session, failure))
  session.diagnostics.push(...found)
}

function createBuildDiagnostic(session: LoadSession, error: RolldownError): Diagnostic {
  const [first = ''] = stripVTControlCharacters(error.message).split('\n')
  const message = first.replace(/^\[\w+\]\s*/, '')
  if (error.code === 'MISSING_EXPORT') {
    const name = /^"(.+?)"/.exec(message)?.[1] ?? ''
    return createDiagnostic('NM1004', {
      message: `${session.relative(error.exporter ?? '')} does not export ${name}.`,
      at: placeOf(session, error, name.length),
    })
  }
  return createDiagnostic('NM1002', {
    message: message.replace(/\.?$/, '.'),
    at: placeOf(session, error, 0),
  })
}

function placeOf(session: LoadSession, error: RolldownError, length: number): Diagnostic['at'] {
  const file = error.loc?.file ?? error.id
  if (!error.loc || file === undefined) return undefined
  const { line, column } = error.loc
  const start = { file: session.relative(file), line, column: column + 1 }
  return length > 0 ? { ...start, endLine: line, endColumn: column + 1 + length } : start
}
