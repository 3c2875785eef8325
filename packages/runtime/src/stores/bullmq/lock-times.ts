/** A job whose lock was not extended for this long, in ms, is another worker's to take. */
export const lockDuration = 5_000
/** How often abandoned jobs are looked for, in ms: with the lock, kill -9 costs some seconds. */
export const stalledInterval = 3_000
export const lockRenewal = 1_500

/**
 * How often a job may be abandoned by a dying process before it counts as failed: one that kills every
 * process which touches it must not do so for ever.
 */
export const maxStalledCount = 20
