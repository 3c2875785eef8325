// @ts-check

/**
 * @param {readonly number[]} values at least one
 * @returns {number}
 */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

/**
 * The median of what each round's pair gives: noise that both felt cancels out.
 * @param {readonly number[]} numerators by round
 * @param {readonly number[]} denominators by round
 */
export function medianRatio(numerators, denominators) {
  return median(numerators.map((value, round) => value / (denominators[round] ?? Number.NaN)))
}

/**
 * @param {readonly number[]} values
 * @returns {string} the smallest and the largest, rounded
 */
export function range(values) {
  return `${Math.round(Math.min(...values))}–${Math.round(Math.max(...values))}`
}

/**
 * @param {readonly number[]} values at least one
 * @param {number} share 0.9 for the value that nine of ten do not exceed
 * @returns {number}
 */
export function percentile(values, share) {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}
