/** One visible character of a text, and where it began. */
export interface Cell {
  /** What to print; never a control character. */
  readonly text: string
  /** How many columns a terminal gives it. */
  readonly width: number
  /** Offset in the original text, in UTF-16 code units. */
  readonly offset: number
}

const tabWidth = 2
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

// Characters that a terminal obeys, or that hide or reorder others.
const unsafe = /[\p{Cc}\p{Cs}\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/u
const wide =
  /^(?:[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f)/u

/** Splits a line into what a terminal shows for it; control characters are written out. */
export function toCells(line: string): readonly Cell[] {
  return [...graphemes.segment(line)].map(({ segment, index }) => {
    if (segment === '\t') return { text: ' '.repeat(tabWidth), width: tabWidth, offset: index }
    if (unsafe.test(segment)) {
      const text = escapeUnsafe(segment)
      return { text, width: text.length, offset: index }
    }
    return { text: segment, width: wide.test(segment) ? 2 : 1, offset: index }
  })
}

/** The text with control characters written out, `\x1b`. */
export function toDisplay(text: string): string {
  return toCells(text)
    .map((cell) => cell.text)
    .join('')
}

/** The columns that a terminal needs for a text. */
export function displayWidth(text: string): number {
  return toCells(text).reduce((sum, { width }) => sum + width, 0)
}

function escapeUnsafe(text: string): string {
  return [...text]
    .map((character) => {
      if (!unsafe.test(character)) return character
      const code = character.codePointAt(0) ?? 0
      return code < 0x100
        ? `\\x${code.toString(16).padStart(2, '0')}`
        : `\\u${code.toString(16).padStart(4, '0')}`
    })
    .join('')
}
