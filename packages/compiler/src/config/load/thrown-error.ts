import { SourceMap, type SourceMapPayload } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { createDiagnostic } from '../../diagnostics/create-diagnostic.ts'
import type { Diagnostic, SourcePlace } from '../../diagnostics/diagnostic.ts'
import type { ConfigBundle } from './bundle-config.ts'
import type { LoadSession } from './load-session.ts'
import { reportMissingImport } from './resolve-plugin.ts'

export interface ThrownError {
  readonly error: unknown
  readonly bundle: ConfigBundle
  /** The path that the bundle had. */
  readonly path: string
}

// How many callers of the place that threw are worth showing.
const shownCallers = 3

/** Reports what the config threw, at the line of the source that threw it. */
export function reportThrownError(session: LoadSession, thrown: ThrownError): void {
  const { error } = thrown
  if (reportMissingPackages(session, error)) return
  const missingExport = findMissingExport(session, error)
  if (missingExport) {
    session.diagnostics.push(missingExport)
    return
  }
  const [at, ...callers] = mapStack(session, thrown)
  session.diagnostics.push(
    createDiagnostic('NM1005', {
      message: `The config threw ${describeThrown(error)}`,
      at,
      related: callers
        .slice(0, shownCallers)
        .map((place) => ({ message: 'Called here.', at: place })),
    }),
  )
}

function reportMissingPackages(session: LoadSession, error: unknown): boolean {
  if ((error as { code?: unknown } | null)?.code !== 'ERR_MODULE_NOT_FOUND') return false
  const before = session.diagnostics.length
  for (const [importer, { imports }] of session.modules) {
    for (const { specifier } of imports) {
      if (session.missingPackages.has(specifier))
        reportMissingImport(session, { specifier, importer })
    }
  }
  return session.diagnostics.length > before
}

/** Node says which name is missing from which package, but not where it was imported. */
function findMissingExport(session: LoadSession, error: unknown): Diagnostic | undefined {
  if (!(error instanceof SyntaxError)) return undefined
  const match = /module '(.+?)' does not provide an export named '(.+?)'/.exec(error.message)
  if (!match) return undefined
  const [, specifier, name = ''] = match
  for (const { source, imports } of session.modules.values()) {
    const span = imports
      .find((one) => one.specifier === specifier && one.names.has(name))
      ?.names.get(name)
    if (span) {
      const message = `${specifier} does not export ${name}.`
      return createDiagnostic('NM1004', { message, at: source.place(span) })
    }
  }
  return undefined
}

function describeThrown(error: unknown): string {
  if (!(error instanceof Error)) return `a value that is no error: ${String(error)}`
  return `${error.name}: ${error.message}`
}

/** The places of a stack that lie in the sources of the config, innermost first. */
function mapStack(
  session: LoadSession,
  { error, bundle, path }: ThrownError,
): readonly SourcePlace[] {
  const stack = error instanceof Error ? error.stack : undefined
  if (!stack) return []
  const map = new SourceMap(bundle.map as SourceMapPayload)
  return stack.split('\n').flatMap((line) => {
    const frame = /^\s*at .*?\(?((?:file:\/\/)?\/[^()]*?):(\d+):(\d+)\)?$/.exec(line)
    if (!frame || toPath(frame[1]) !== path) return []
    const entry = map.findEntry(Number(frame[2]) - 1, Number(frame[3]) - 1)
    if (!('originalSource' in entry)) return []
    const file = session.relative(join(session.root, entry.originalSource))
    return [{ file, line: entry.originalLine + 1, column: entry.originalColumn + 1 }]
  })
}

function toPath(url = ''): string {
  return url.startsWith('file:') ? fileURLToPath(url) : url
}
