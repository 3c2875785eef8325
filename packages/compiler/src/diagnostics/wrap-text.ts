import { displayWidth, toDisplay } from './display-text.ts'

export interface WrapOptions {
  /** Columns of a line, indentation included. */
  readonly columns: number
  /** Stands before every line but the first. */
  readonly indent: string
  /** Columns that the first line has lost already. Default: 0. */
  readonly used?: number
}

/**
 * Breaks a text between words, so that each line fits. A word that is longer than a line stays whole:
 * it is a path or a name that somebody will want to copy. Line breaks of the text are kept.
 */
export function wrapText(text: string, options: WrapOptions): string {
  const { columns, indent } = options
  let used = options.used ?? 0
  const lines = text.split(/\r?\n/).map((paragraph) => {
    let line = ''
    const lines: string[] = []
    for (const word of paragraph.split(' ').map(toDisplay)) {
      const width = displayWidth(line) + (line ? 1 : 0) + displayWidth(word)
      if ((line || used > indent.length) && used + width > columns) {
        lines.push(line)
        line = word
        used = indent.length
      } else {
        line = line ? `${line} ${word}` : word
      }
    }
    used = indent.length
    return [...lines, line].join(`\n${indent}`)
  })
  return lines.join(`\n${indent}`)
}
