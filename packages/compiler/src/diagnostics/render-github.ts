import { relative, resolve, sep } from 'node:path'

import type { Diagnostic, SourcePlace } from './diagnostic.ts'

export interface RenderGithubOptions {
  /** The folder that the places are relative to, absolute. */
  readonly root: string
  /** The checkout that annotations are relative to, absolute. Default: `root`. */
  readonly workspace?: string | undefined
}

/** Diagnostics as workflow commands of GitHub Actions, which shows them at the lines of a review. */
export function renderGithub(
  diagnostics: readonly Diagnostic[],
  options: RenderGithubOptions,
): string {
  return diagnostics.map((diagnostic) => `${renderCommand(diagnostic, options)}\n`).join('')
}

function renderCommand(diagnostic: Diagnostic, options: RenderGithubOptions): string {
  const { severity, code, message, hint, at, related } = diagnostic
  const properties = { ...(at && placeProperties(at, options)), title: code }
  const list = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(value)}`)
  const places = related.map(
    (one) => `${one.at.file}:${one.at.line}:${one.at.column} ${one.message}`,
  )
  return `::${severity} ${list.join(',')}::${escapeData([message, hint, ...places].join('\n'))}`
}

function placeProperties(
  place: SourcePlace,
  { root, workspace = root }: RenderGithubOptions,
): Record<string, string> {
  const file = relative(workspace, resolve(root, place.file)).split(sep).join('/')
  // Columns are only accepted for a span within one line.
  const sameLine = place.endLine === undefined || place.endLine === place.line
  return {
    file,
    line: String(place.line),
    ...(place.endLine !== undefined && { endLine: String(place.endLine) }),
    ...(sameLine && { col: String(place.column) }),
    ...(sameLine && place.endColumn !== undefined && { endColumn: String(place.endColumn) }),
  }
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
