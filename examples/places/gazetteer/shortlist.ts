/** The lowest numbers of those that were added, ascending, each once. */
export interface Shortlist {
  readonly numbers: readonly number[]
  /** Whether adding the number would make a difference, or might. */
  wants(number: number): boolean
  add(number: number): void
}

/** Makes a list that keeps the `limit` lowest numbers. */
export function createShortlist(limit: number): Shortlist {
  const numbers: number[] = []
  return {
    numbers,
    wants: (number) => numbers.length < limit || number < (numbers.at(-1) ?? 0),
    add(number) {
      const next = numbers.findIndex((other) => other >= number)
      if (next === -1) numbers.push(number)
      else if (numbers[next] !== number) numbers.splice(next, 0, number)
      if (numbers.length > limit) numbers.pop()
    },
  }
}
