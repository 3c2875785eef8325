/** What TypeScript's command line says, in parts. */
export interface TscOutput {
  readonly errors: readonly TscError[]
  /** What `--listFiles` lists: every file that was checked, absolute. */
  readonly files: readonly string[]
  /** Lines that are neither. */
  readonly rest: readonly string[]
}

export interface TscError {
  /** Absent where the error concerns the command line or the project as a whole. */
  readonly place?: { readonly file: string; readonly line: number; readonly column: number }
  /** `TS2322`. */
  readonly code: string
  /** Its lines joined: the later ones give reasons for the earlier. */
  readonly message: string
}

/** Reads the plain output of `tsc --pretty false --listFiles`. */
export function readTscOutput(text: string): TscOutput {
  const errors: { place?: TscError['place']; code: string; message: string }[] = []
  const files: string[] = []
  const rest: string[] = []
  for (const line of text.split(/\r?\n/)) {
    const error = readError(line)
    const last = errors.at(-1)
    if (error !== undefined) errors.push(error)
    else if (/^\s+\S/.test(line) && last !== undefined) last.message += `\n${line.trim()}`
    else if (/^(?:\/|[A-Za-z]:[\\/]).*\.[cm]?(?:[jt]sx?|json)$/.test(line)) files.push(line)
    else if (line.trim() !== '') rest.push(line)
  }
  return { errors, files, rest }
}

function readError(line: string): TscError | undefined {
  const match = /^(?:(.+?)\((\d+),(\d+)\): )?error (TS\d+): (.*)$/.exec(line)
  if (match === null) return undefined
  const [, file, row, column, code = '', message = ''] = match
  if (file === undefined) return { code, message }
  return { place: { file, line: Number(row), column: Number(column) }, code, message }
}
