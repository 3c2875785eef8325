import type { SourcePlace } from './diagnostic.ts'
import { type Cell, toCells } from './display-text.ts'

export interface FrameOptions {
  /** Columns of a line, gutter included. */
  readonly columns: number
  /** Lines to show before and after the marked one. */
  readonly context: number
  readonly paint: FramePaint
}

/** How the parts of a frame are coloured. */
export interface FramePaint {
  gutter(text: string): string
  mark(text: string): string
}

/**
 * Shows the marked line of a source with its neighbours, and underlines the marked text. Long lines
 * are cut to the part around the mark. `undefined` if the source has no such line.
 */
export function renderFrame(
  source: string,
  place: SourcePlace,
  options: FrameOptions,
): string | undefined {
  // A byte order mark is no column.
  const lines = source.replace(/^\ufeff/, '').split(/\r\n|[\n\r\u2028\u2029]/)
  const marked = lines[place.line - 1]
  if (marked === undefined) return undefined
  const digits = String(Math.min(lines.length, place.line + options.context)).length
  const { gutter, mark } = options.paint
  // The label before a line, and the dots after one that is cut.
  const room = Math.max(20, options.columns - digits - 6)
  const { start, end } = markedColumns(toCells(marked), marked, place)
  const view = chooseView({ room, start, end })
  // The neighbours of the far end of a long line say nothing about it.
  const context = view.from > 0 ? 0 : options.context
  const first = Math.max(1, place.line - context)
  const last = Math.min(lines.length, place.line + context)

  const rows: string[] = []
  for (let number = first; number <= last; number++) {
    const isMarked = number === place.line
    const text = cut(toCells(lines[number - 1] ?? ''), view)
    const label = `${isMarked ? '>' : ' '} ${String(number).padStart(digits)} |`
    rows.push(`${isMarked ? mark(label) : gutter(label)}${text ? ` ${text}` : ''}`)
    if (!isMarked) continue
    const visible = Math.max(1, Math.min(end, view.from + view.room) - start)
    const blank = gutter(`  ${' '.repeat(digits)} |`)
    const shift = start - view.from + (view.from > 0 ? 1 : 0)
    rows.push(`${blank} ${' '.repeat(shift)}${mark('^'.repeat(visible))}`)
  }
  return rows.join('\n')
}

interface View {
  /** The first column of the line that is shown. */
  readonly from: number
  /** How many columns are shown. */
  readonly room: number
}

/** Which columns of the marked line are marked; the end is exclusive. */
function markedColumns(
  cells: readonly Cell[],
  line: string,
  place: SourcePlace,
): { start: number; end: number } {
  const endsHere = place.endLine === undefined || place.endLine === place.line
  const endOffset = endsHere ? (place.endColumn ?? place.column + 1) - 1 : line.trimEnd().length
  const columnOf = (offset: number): number =>
    cells.reduce((sum, cell) => (cell.offset < offset ? sum + cell.width : sum), 0)
  const start = columnOf(place.column - 1)
  return { start, end: Math.max(start + 1, columnOf(endOffset)) }
}

function chooseView({ room, start, end }: { room: number; start: number; end: number }): View {
  if (end <= room) return { from: 0, room }
  // Room for the dots in front, and some text before the mark.
  const inner = room - 1
  const lead = Math.max(0, Math.min(Math.floor(inner / 4), inner - (end - start)))
  return { from: Math.max(0, start - lead), room: inner }
}

/** The visible part of a line, with dots where something was cut off. */
function cut(cells: readonly Cell[], { from, room }: View): string {
  let column = 0
  let text = ''
  let cutEnd = false
  for (const cell of cells) {
    const fits = column + cell.width <= from + room
    if (column >= from && fits) text += cell.text
    // A wide character that the edge splits in two gives way to a blank.
    else if (column < from && column + cell.width > from)
      text += ' '.repeat(column + cell.width - from)
    if (!fits) cutEnd = true
    column += cell.width
  }
  const shown = from > 0 && text ? `…${text}` : text
  return cutEnd ? `${shown}…` : shown.trimEnd()
}
