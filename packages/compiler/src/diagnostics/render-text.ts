import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

import { createColors } from 'picocolors'

import { type FramePaint, renderFrame } from './code-frame.ts'
import type { Diagnostic, RelatedPlace, SourcePlace } from './diagnostic.ts'
import { displayWidth, toDisplay } from './display-text.ts'
import { renderSummary } from './summary.ts'
import { wrapText } from './wrap-text.ts'

export interface RenderTextOptions {
  /** The folder that the places are relative to, absolute. */
  readonly root: string
  /** The width to wrap to. Default: 80. */
  readonly columns?: number | undefined
  /** Whether to colour. Default: `false`. */
  readonly color?: boolean | undefined
  /** Reads a source by its absolute path, for frames. Default: from the disk. */
  readonly readSource?: ((file: string) => string | undefined) | undefined
}

interface Style {
  readonly columns: number
  readonly colors: ReturnType<typeof createColors>
  source(place: SourcePlace): string | undefined
}

/**
 * Diagnostics for a person at a terminal: each begins with its place, so that terminals and editors
 * can jump there, and shows the source, the remedy and related places. Ends with a line of totals; an
 * empty text if there is nothing to report.
 */
export function renderText(diagnostics: readonly Diagnostic[], options: RenderTextOptions): string {
  if (diagnostics.length === 0) return ''
  const readSource = options.readSource ?? readFromDisk
  const sources = new Map<string, string | undefined>()
  const style: Style = {
    columns: options.columns ?? 80,
    colors: createColors(options.color ?? false),
    source({ file }) {
      const path = resolve(options.root, file)
      if (!sources.has(path)) sources.set(path, readSource(path))
      return sources.get(path)
    },
  }
  const blocks = diagnostics.map((diagnostic) => renderDiagnostic(diagnostic, style))
  return `${blocks.join('\n\n')}\n\n${renderSummary(diagnostics)}\n`
}

function renderDiagnostic(diagnostic: Diagnostic, style: Style): string {
  const frame = diagnostic.at && renderPlaceFrame(diagnostic.at, 2, style)
  const hint = wrapText(diagnostic.hint, { columns: style.columns, indent: '  ', used: 2 })
  return [
    renderHead(diagnostic, style),
    ...(frame === undefined ? [] : [frame]),
    `  ${style.colors.cyan(hint)}`,
    ...diagnostic.related.map((related) => renderRelated(related, style)),
  ].join('\n')
}

function renderHead({ at, severity, code, message }: Diagnostic, style: Style): string {
  const { colors, columns } = style
  const place = at ? `${renderPlace(at)} ` : ''
  const used = displayWidth(`${place}${severity} ${code} `)
  const color = severity === 'error' ? colors.red : colors.yellow
  const text = wrapText(message, { columns, indent: '  ', used })
  const head = `${place}${color(severity)} ${colors.dim(code)}`
  return text.startsWith('\n') ? `${head}${colors.bold(text)}` : `${head} ${colors.bold(text)}`
}

function renderRelated({ message, at }: RelatedPlace, style: Style): string {
  const head = `  ${renderPlace(at)} `
  const text = wrapText(message, {
    columns: style.columns,
    indent: '    ',
    used: displayWidth(head),
  })
  const frame = renderPlaceFrame(at, 0, style)
  return frame === undefined ? `${head}${text}` : `${head}${text}\n${frame}`
}

function renderPlaceFrame(place: SourcePlace, context: number, style: Style): string | undefined {
  const source = style.source(place)
  if (source === undefined) return undefined
  const paint: FramePaint = { gutter: style.colors.dim, mark: style.colors.red }
  return renderFrame(source, place, { columns: style.columns, context, paint })
}

function renderPlace({ file, line, column }: SourcePlace): string {
  return `${toDisplay(file)}:${line}:${column}`
}

function readFromDisk(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // The frame is an extra; the diagnostic stands without it.
    return undefined
  }
}
