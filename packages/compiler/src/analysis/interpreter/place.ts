import type { SourcePlace } from '../../diagnostics/diagnostic.ts'
import type { Span } from '../../syntax/summary.ts'

/** A span of a module's text. */
export interface Place extends Span {
  /** Relative to the project root, POSIX. */
  readonly file: string
  readonly lines: readonly number[]
}

export function toSourcePlace(place: Place): SourcePlace {
  const start = position(place.lines, place.at)
  const end = position(place.lines, place.end)
  return {
    file: place.file,
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
  }
}

/** `apps/shop/orders/create.ts:8:14` */
export function formatPlace(place: Place): string {
  const { line, column } = position(place.lines, place.at)
  return `${place.file}:${line}:${column}`
}

function position(lines: readonly number[], offset: number): { line: number; column: number } {
  let low = 0
  let high = lines.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((lines[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return { line: low + 1, column: offset - (lines[low] ?? 0) + 1 }
}
