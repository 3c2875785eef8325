import type { SourceText, Span } from './source-text.ts'

/** An object or array literal of a config source, and where its parts stand. */
export interface LiteralRecord {
  readonly source: SourceText
  readonly span: Span
  /** In source order. */
  readonly parts: readonly LiteralPart[]
  /** Whether the run-time values of its spreads and computed keys are noted. */
  readonly noted: boolean
}

export type LiteralPart =
  /** `key: value`, `key`, `key() {}` */
  | { readonly kind: 'property'; readonly name: string; readonly key: Span; readonly value: Span }
  /** `[key]: value` */
  | { readonly kind: 'computed'; readonly key: Span; readonly value: Span }
  /** An item of an array; a hole has no value. */
  | { readonly kind: 'item'; readonly value: Span }
  | { readonly kind: 'spread'; readonly value: Span }
