/** A file to be written: its path below `generated/`, POSIX, and its whole text. */
export interface OutputFile {
  readonly path: string
  readonly text: string
}
