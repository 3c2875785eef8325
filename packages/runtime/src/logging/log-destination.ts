/** Where log lines go; each `write` gets one whole line. */
export interface LogDestination {
  write(line: string): void
}
