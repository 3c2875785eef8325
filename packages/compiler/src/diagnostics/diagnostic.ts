/** A place in a source file. Lines and columns count from 1; `file` is relative to the project, POSIX. */
export interface SourcePlace {
  readonly file: string
  readonly line: number
  readonly column: number
  /** Where the marked text ends, exclusive; the frame underlines up to there. */
  readonly endLine?: number
  readonly endColumn?: number
}

export type Severity = 'error' | 'warning'

export interface RelatedPlace {
  readonly message: string
  readonly at: SourcePlace
}

/** One thing that is wrong, as every stage reports it: plain data. */
export interface Diagnostic {
  /** Stable; looked up in the catalogue and in docs/diagnostics.md. */
  readonly code: string
  readonly severity: Severity
  /** What happened, about this very place. */
  readonly message: string
  /** What to do about it. */
  readonly hint: string
  /** Absent when it concerns no one place. */
  readonly at?: SourcePlace
  /** The config option it concerns, `apps.shop.transports.0`. */
  readonly configPath?: string
  readonly related: readonly RelatedPlace[]
}
