/**
 * Reduces a text to what two spellings of a name have in common: lower-case words without diacritics,
 * with one space between them. `São Tomé` becomes `sao tome`, `Saint-Denis` becomes `saint denis`.
 */
export function fold(text: string): string {
  const lower = text.toLowerCase()
  // Most names are plain already, and reading 135,000 of them is part of every start.
  if (/^[a-z0-9]*$/.test(lower)) return lower
  return (isAscii(lower) ? lower : withoutDiacritics(lower))
    .replace(/[^\p{Letter}\p{Number}]+/gu, ' ')
    .trim()
}

function isAscii(text: string): boolean {
  return /^[\0-\x7f]*$/.test(text)
}

function withoutDiacritics(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .replace(/[ßæœøđðþħıłə]/g, (letter) => plain[letter] ?? letter)
}

// Letters that Unicode does not take apart into a base letter and a mark.
const plain: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ł: 'l',
  ə: 'e',
}
