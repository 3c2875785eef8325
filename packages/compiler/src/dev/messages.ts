/** What the session asks of the process that serves: to serve the sources as they are now. */
export interface Update {
  readonly type: 'update'
  /** What changed on disk since the last update, generated files included; absolute. */
  readonly files: readonly string[]
  /** By app, the modules that the registry imports for it; absolute. */
  readonly apps: Readonly<Record<string, readonly string[]>>
  /** Apps whose entry in the registry is another one now. */
  readonly regenerated: readonly string[]
}

/** The answer to an update; there is one to each, in order. */
export interface Answer {
  readonly outcome: UpdateOutcome
  /** Every file of the project that was asked for so far, absolute: what to watch. */
  readonly files: readonly string[]
}

/** How an update ended. */
export type UpdateOutcome =
  | { readonly type: 'started' }
  | { readonly type: 'swapped'; readonly apps: readonly SwappedApp[] }
  | {
      readonly type: 'failed'
      readonly failures: readonly ModuleFailure[]
      readonly apps: readonly SwappedApp[]
    }

export interface SwappedApp {
  readonly name: string
  /** Until its calls met the new code, in ms, compiling not included. */
  readonly duration: number
}

/** Why new code can't serve. */
export interface ModuleFailure {
  readonly kind: 'syntax' | 'import' | 'evaluation' | 'start'
  readonly message: string
  readonly place?: FailurePlace | undefined
}

/** Counted from 1. */
export interface FailurePlace {
  /** Absolute. */
  readonly file: string
  readonly line: number
  readonly column: number
  readonly endColumn?: number
}
