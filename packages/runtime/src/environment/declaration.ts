/** One value that the configuration reads from the environment. */
export interface EnvironmentDeclaration {
  /** The variable, `PORT`. */
  readonly name: string
  readonly type: 'string' | 'number' | 'port' | 'url' | 'boolean' | 'enum'
  /** The accepted words of an `enum`. */
  readonly values?: readonly string[]
  /** Used when the variable is absent. */
  readonly default?: string | number | boolean
  /** Absent is fine, and reads as `undefined`. */
  readonly optional: boolean
}

/** What a declaration reads as. */
export type EnvironmentValue<Declaration extends EnvironmentDeclaration> =
  | ValueOfType<Declaration>
  | (Declaration extends { readonly optional: false } | { readonly default: {} }
      ? never
      : undefined)

type ValueOfType<Declaration extends EnvironmentDeclaration> = Declaration['type'] extends
  | 'number'
  | 'port'
  ? number
  : Declaration['type'] extends 'boolean'
    ? boolean
    : Declaration extends { readonly type: 'enum'; readonly values: readonly (infer Word)[] }
      ? Word
      : string
