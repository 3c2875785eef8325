/** What the schema says of an option beside its type; the reference pages and types are made of it. */
export interface OptionMeta {
  /** Sentences for a reader of docs/config.md and of an editor's completion list. */
  readonly description: string
  /** What a number counts: `ms`, `bytes`. */
  readonly unit?: 'ms' | 'bytes'
  /** The default in words, where it is not a value of its own. */
  readonly default?: string
}
