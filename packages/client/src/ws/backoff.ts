const shortest = 100
const longest = 10_000

/**
 * The pause before the next attempt in ms, after so many failures in a row: doubled each time, and half
 * of it left to chance, so that clients that lost one server don't come back as one.
 */
export function backoffDelay(failures: number, random: () => number = Math.random): number {
  const full = Math.min(longest, shortest * 2 ** Math.min(failures - 1, 10))
  return full / 2 + (random() * full) / 2
}
