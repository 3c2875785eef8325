/**
 * Knows which names have which words. It answers with candidates: the names that have the rarest of
 * the words in question, whether or not they have the others. A position may come more than once.
 */
export interface WordIndex {
  /** Candidates for having all the words. */
  withWords(words: string): Uint32Array
  /** Candidates for having all the words, the last of which may be unfinished. */
  withBeginning(words: string): Uint32Array
}

/** Indexes names of which each is reduced to words with one space between them. */
export function createWordIndex(names: readonly string[]): WordIndex {
  // Sorted, the words that begin alike are neighbours, and so are the names that have them.
  const { words, starts, positions } = sortByWord(names)
  const between = (from: string, to: string) =>
    positions.subarray(starts[firstNotBelow(words, from)], starts[firstNotBelow(words, to)])
  const having = (word: string) => between(word, `${word}\0`)
  const beginning = (word: string) => between(word, `${word}\u{10ffff}`)

  return {
    withWords: (text) => shortest(text.split(' ').map(having)),
    withBeginning(text) {
      const finished = text.split(' ')
      const unfinished = finished.pop() ?? ''
      return shortest([beginning(unfinished), ...finished.map(having)])
    },
  }
}

interface NamesByWord {
  /** All different words, sorted. */
  readonly words: readonly string[]
  /** Where the names with each word start in `positions`; one more at the end. */
  readonly starts: Uint32Array
  readonly positions: Uint32Array
}

// A counting sort: with an array for each of 100,000 words it would take twice the time and memory.
function sortByWord(names: readonly string[]): NamesByWord {
  const { numbers, wordOfUse, nameOfUse } = readWords(names)
  const uses = new Uint32Array(numbers.size)
  for (const word of wordOfUse) uses[word] = (uses[word] ?? 0) + 1

  const words = [...numbers.keys()].sort()
  const starts = new Uint32Array(words.length + 1)
  const next = new Uint32Array(words.length)
  words.forEach((word, index) => {
    const number = numbers.get(word) ?? 0
    const start = starts[index] ?? 0
    next[number] = start
    starts[index + 1] = start + (uses[number] ?? 0)
  })

  const positions = new Uint32Array(wordOfUse.length)
  wordOfUse.forEach((word, use) => {
    const slot = next[word] ?? 0
    positions[slot] = nameOfUse[use] ?? 0
    next[word] = slot + 1
  })
  return { words, starts, positions }
}

interface Words {
  /** Numbers the different words in the order in which they were met. */
  readonly numbers: ReadonlyMap<string, number>
  /** For each word of each name: its number, and the position of the name. */
  readonly wordOfUse: readonly number[]
  readonly nameOfUse: readonly number[]
}

function readWords(names: readonly string[]): Words {
  const numbers = new Map<string, number>()
  const wordOfUse: number[] = []
  const nameOfUse: number[] = []
  names.forEach((name, position) => {
    for (const word of name.split(' ')) {
      const number = numbers.get(word) ?? numbers.size
      if (number === numbers.size) numbers.set(word, number)
      wordOfUse.push(number)
      nameOfUse.push(position)
    }
  })
  return { numbers, wordOfUse, nameOfUse }
}

function firstNotBelow(sorted: readonly string[], word: string): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] ?? '') < word) low = middle + 1
    else high = middle
  }
  return low
}

function shortest(lists: readonly Uint32Array[]): Uint32Array {
  return lists.reduce((few, list) => (list.length < few.length ? list : few))
}
