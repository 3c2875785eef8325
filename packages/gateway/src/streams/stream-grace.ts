/** How long streams may go on once a drain has begun, in ms: they may be endless. */
export const streamGrace = 1_000
