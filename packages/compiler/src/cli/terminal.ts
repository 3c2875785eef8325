/** The part of the process that the command line uses. */
export interface Terminal {
  readonly stdout: TerminalStream
  readonly stderr: TerminalStream
  readonly env: Readonly<Record<string, string | undefined>>
  cwd(): string
}

export interface TerminalStream {
  write(text: string): unknown
  readonly isTTY?: boolean
  readonly columns?: number
}

/**
 * Whether to colour what goes to a stream: `FORCE_COLOR` decides if it is set, then `NO_COLOR`, then
 * whether somebody watches.
 */
export function usesColor(stream: TerminalStream, env: Terminal['env']): boolean {
  const forced = env.FORCE_COLOR
  if (forced !== undefined) return forced !== '0' && forced !== 'false'
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false
  return stream.isTTY === true && env.TERM !== 'dumb'
}
