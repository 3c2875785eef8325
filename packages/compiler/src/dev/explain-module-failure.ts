import { readFileSync } from 'node:fs'
import { sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'

import type { FailurePlace, ModuleFailure } from './messages.ts'

export interface FailedModule {
  readonly error: unknown
  /** What it is called if nothing more precise is found. */
  readonly kind: ModuleFailure['kind']
  /** The project's, absolute; places outside are none that the user can mend. */
  readonly root: string
}

/** What bundlers and Node put on their errors. */
interface ErrorDetails {
  readonly id?: unknown
  readonly loc?: { readonly file?: string; readonly line?: unknown; readonly column?: unknown }
  readonly errors?: unknown
  readonly cause?: unknown
  readonly stack?: unknown
}

/** Says what kept a module from being loaded, and where: three kinds of errors, one shape. */
export function explainModuleFailure({ error, kind, root }: FailedModule): ModuleFailure {
  const { errors } = Object(error) as ErrorDetails
  // Several mistakes of one module come as one error; the first is the one to begin with.
  if (Array.isArray(errors) && errors.length > 0) {
    return explainModuleFailure({ error: errors[0], kind: 'syntax', root })
  }
  const message = readMessage(error)
  const details = Object(error) as ErrorDetails
  if (typeof details.loc?.line === 'number') {
    return { kind: 'syntax', message: firstLine(message), place: placeOfSyntax(details) }
  }
  const missing = readMissingImport(message)
  if (missing !== undefined) {
    const { specifier, importer } = missing
    const text = `Nothing is found at '${specifier}'.`
    return { kind: 'import', message: text, place: placeOfImport(specifier, importer) }
  }
  return { kind, message, place: placeInStack(error, root) }
}

function readMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return stripVTControlCharacters(error.message) || error.name
}

/** Without the frame that the bundler draws below it. */
function firstLine(message: string): string {
  const lines = message.split('\n').map((line) => line.trim())
  const line = lines.find((each) => each !== '') ?? ''
  const text = line.replace(/^(?:\[[\w:-]+\]\s*)+/, '')
  return /[.!?]$/.test(text) ? text : `${text}.`
}

function placeOfSyntax({ id, loc }: ErrorDetails): FailurePlace | undefined {
  const file = loc?.file ?? id
  if (typeof file !== 'string' || typeof loc?.line !== 'number') return undefined
  const column = typeof loc.column === 'number' ? loc.column + 1 : 1
  return { file: file.split('?')[0] ?? file, line: loc.line, column }
}

/** Vite's wording for files, and that for packages. */
function readMissingImport(message: string): { specifier: string; importer: string } | undefined {
  const file = /^Failed to load url (\S+) \(resolved id: .*\) in (.+?)\. Does the file exist/.exec(
    message,
  )
  const pack = /^Cannot find (?:module|package) '([^']+)' imported from '?([^'\n]+?)'?$/.exec(
    message,
  )
  const [, specifier, importer] = file ?? pack ?? []
  if (specifier === undefined || importer === undefined) return undefined
  return { specifier, importer }
}

/** The line that imports it: nobody tells, so it is looked for. */
function placeOfImport(specifier: string, importer: string): FailurePlace | undefined {
  const text = readText(importer)
  if (text === undefined) return undefined
  const name = specifier.split('/').at(-1) ?? specifier
  const lines = text.split('\n')
  for (const part of [specifier, `/${name}`, name]) {
    const index = lines.findIndex((line) => /\b(?:from|import)\b/.test(line) && line.includes(part))
    const line = lines[index]
    if (line === undefined) continue
    const quoted = /(['"])[^'"]*\1/g
    for (const match of line.matchAll(quoted)) {
      if (!match[0].includes(part)) continue
      const column = match.index + 1
      return { file: importer, line: index + 1, column, endColumn: column + match[0].length }
    }
  }
  return { file: importer, line: 1, column: 1 }
}

/** The innermost line of the project's own code, of the error or of what caused it. */
function placeInStack(error: unknown, root: string): FailurePlace | undefined {
  const { cause, stack } = Object(error) as ErrorDetails
  const inner = cause === undefined ? undefined : placeInStack(cause, root)
  if (inner !== undefined || typeof stack !== 'string') return inner
  for (const line of stack.split('\n')) {
    const [, path, row, column] =
      /\(?((?:file:|\/|[A-Za-z]:[\\/])[^()]*?):(\d+):(\d+)\)?$/.exec(line) ?? []
    if (path === undefined) continue
    const file = path.startsWith('file:') ? fileURLToPath(path) : path
    if (!file.startsWith(root + sep) || file.includes(`${sep}node_modules${sep}`)) continue
    return { file, line: Number(row), column: Number(column) }
  }
  return undefined
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
