import { fold } from './fold.ts'
import { createShortlist } from './shortlist.ts'
import { createWordIndex } from './word-index.ts'

export interface NameQuery {
  /** Words of the name, the last of which may be unfinished; case and diacritics don't matter. */
  readonly text: string
  readonly limit: number
  /** Leaves out the names for which it is false. Default: none. */
  readonly accept?: ((position: number) => boolean) | undefined
}

/** Finds names by their words. */
export interface NameIndex {
  /**
   * The positions of the best matches: names that are the text itself first, then in the order in
   * which the names were given.
   */
  find(query: NameQuery): number[]
}

/** Indexes names that are sorted already, the most relevant first. */
export function createNameIndex(names: readonly string[]): NameIndex {
  const { spellings, positions } = readSpellings(names)
  const words = createWordIndex(spellings)

  return {
    find({ text, limit, accept = () => true }) {
      const folded = fold(text)
      if (folded === '') return []

      const select = (candidates: Uint32Array, matches: (spelling: string) => boolean) => {
        const shortlist = createShortlist(limit)
        for (const candidate of candidates) {
          const position = positions[candidate] ?? -1
          if (!shortlist.wants(position) || !matches(spellings[candidate] ?? '')) continue
          if (accept(position)) shortlist.add(position)
        }
        return shortlist.numbers
      }

      const exact = select(words.withWords(folded), (spelling) => spelling === folded)
      const partly = select(words.withBeginning(folded), matcher(folded))
      return [...new Set([...exact, ...partly])].slice(0, limit)
    },
  }
}

interface Spellings {
  readonly spellings: readonly string[]
  /** The position of the name that is spelled so. */
  readonly positions: readonly number[]
}

// A name with an apostrophe is also found without it: `Xi’an` as `xi an` and as `xian`.
function readSpellings(names: readonly string[]): Spellings {
  const spellings = names.map(fold)
  const positions = [...names.keys()]
  names.forEach((name, position) => {
    const without = name.replace(/['’‘ʻʼ`]/g, '')
    if (without === name) return
    spellings.push(fold(without))
    positions.push(position)
  })
  return { spellings, positions }
}

function matcher(folded: string): (spelling: string) => boolean {
  if (!folded.includes(' ')) return () => true
  const words = folded.split(' ')
  const unfinished = ` ${words.pop()}`
  const finished = words.map((word) => ` ${word} `)
  return (spelling) => {
    const padded = ` ${spelling} `
    return padded.includes(unfinished) && finished.every((word) => padded.includes(word))
  }
}
