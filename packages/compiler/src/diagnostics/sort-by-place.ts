import type { Diagnostic } from './diagnostic.ts'

/**
 * Diagnostics in the order of their places: those of `first`, the file that a reader starts from, then
 * file by file. Those without a place come first of all.
 */
export function sortByPlace(diagnostics: readonly Diagnostic[], first?: string): Diagnostic[] {
  const rank = ({ at }: Diagnostic): number => (at === undefined ? 0 : at.file === first ? 1 : 2)
  return diagnostics.toSorted((a, b) => rank(a) - rank(b) || comparePlaces(a, b))
}

function comparePlaces({ at: a }: Diagnostic, { at: b }: Diagnostic): number {
  if (!a || !b) return 0
  if (a.file !== b.file) return a.file < b.file ? -1 : 1
  return a.line - b.line || a.column - b.column
}
