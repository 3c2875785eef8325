/** Writes one line: a message, or fields with a message. An `Error` goes as `{ err }` or on its own. */
export interface LogFunction {
  (message: string): void
  (fields: object, message?: string): void
}

/** Structured logging, one JSON line per call. */
export interface Logger {
  readonly trace: LogFunction
  readonly debug: LogFunction
  readonly info: LogFunction
  readonly warn: LogFunction
  readonly error: LogFunction
  readonly fatal: LogFunction
  /** A logger that adds these fields to each of its lines. */
  child(fields: Record<string, unknown>): Logger
}
