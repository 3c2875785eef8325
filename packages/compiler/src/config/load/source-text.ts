import type { SourcePlace } from '../../diagnostics/diagnostic.ts'

/** A stretch of a source file, in UTF-16 code units from its start; the end is exclusive. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A source file that can say on which line an offset lies. */
export interface SourceText {
  /** As diagnostics name it: relative to the project, POSIX. */
  readonly file: string
  readonly text: string
  place(span: Span): SourcePlace
}

/** Indexes the lines of a text. */
export function createSourceText(file: string, text: string): SourceText {
  const starts = [
    0,
    ...[...text.matchAll(/\r\n|[\n\r\u2028\u2029]/g)].map((m) => m.index + m[0].length),
  ]
  const position = (offset: number): { line: number; column: number } => {
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 }
  }
  return {
    file,
    text,
    place({ start, end }) {
      const last = position(end)
      return { file, ...position(start), endLine: last.line, endColumn: last.column }
    },
  }
}
