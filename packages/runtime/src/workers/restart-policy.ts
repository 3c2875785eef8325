/** How a thread that died is replaced. All times in ms. */
export interface RestartPolicy {
  /** Deaths in a row after which the process gives up. */
  readonly attempts: number
  /** The wait after the first death; each further one doubles it. */
  readonly delay: number
  readonly longestDelay: number
  /** A thread that lived as long as this forgets the deaths before it. */
  readonly stableAfter: number
}

export const defaultRestartPolicy: RestartPolicy = {
  attempts: 8,
  delay: 100,
  longestDelay: 10_000,
  stableAfter: 30_000,
}

/** @param deaths how many in a row, from 1 */
export function restartDelay(policy: RestartPolicy, deaths: number): number {
  return Math.min(policy.delay * 2 ** (deaths - 1), policy.longestDelay)
}
