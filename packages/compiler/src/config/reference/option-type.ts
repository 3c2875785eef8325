/** The type of an option, as far as a reader needs it. */
export type OptionType =
  | { readonly kind: 'string' | 'number' | 'boolean' | 'unknown' }
  | { readonly kind: 'literal'; readonly value: string }
  | { readonly kind: 'list'; readonly of: OptionType }
  | { readonly kind: 'record'; readonly of: OptionType }
  | { readonly kind: 'union'; readonly of: readonly OptionType[] }
  /** A value, or a reference to the environment; `optional` references may be absent at run time. */
  | { readonly kind: 'configured'; readonly of: OptionType; readonly optional: boolean }
  | { readonly kind: 'object'; readonly group: OptionGroup }

/** Options that stand together in one object. */
export interface OptionGroup {
  readonly title: string
  readonly description: string
  readonly options: readonly Option[]
}

export interface Option {
  readonly name: string
  readonly type: OptionType
  readonly required: boolean
  readonly description: string
  readonly unit: 'ms' | 'bytes' | undefined
  /** As Markdown, or `undefined` if there is none. */
  readonly default: string | undefined
}
