import type { Diagnostic } from '../diagnostics/diagnostic.ts'

/** The options that every command takes. */
export interface CommonOptions {
  /** Where the search for the config begins, absolute. */
  readonly cwd: string
  /** The config file, absolute or from `cwd`. */
  readonly config?: string | undefined
  /** Print one JSON document instead of text. */
  readonly json: boolean
  /** Print errors only. */
  readonly silent: boolean
  /** Print more: unchanged files, the stack of an unexpected error. */
  readonly verbose: boolean
}

/** What a command did. Printing it is not the command's business. */
export interface CommandResult {
  /** An error among them makes the command exit with 1. */
  readonly diagnostics: readonly Diagnostic[]
  /** The folder that places are relative to, absolute. */
  readonly root: string
  /** For people. */
  readonly text?: string
  /** For programs: goes into the JSON document beside `ok` and `diagnostics`. */
  readonly data?: Readonly<Record<string, unknown>>
  /** The error behind a diagnostic, whose stack is printed too. */
  readonly thrown?: unknown
  /** Default: 1 if there is an error, else 0. */
  readonly exitCode?: number
  /** Whether a program ran in our place and has printed all that there is to say. */
  readonly hasPrinted?: boolean
  /** How to print diagnostics. Default: `text`. */
  readonly format?: 'text' | 'github' | undefined
}
