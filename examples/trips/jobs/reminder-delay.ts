const day = 24 * 60 * 60 * 1_000

/** Milliseconds from now until the day before a departure begins; 0 if it has begun. */
export function reminderDelay(departure: string, now: Date): number {
  return Math.max(0, Date.parse(departure) - day - now.getTime())
}
