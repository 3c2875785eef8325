/**
 * What the compiler keeps of a source file: plain JSON, without bodies of handlers and without types.
 * Positions are offsets of UTF-16 code units; `lines` turns them into lines and columns.
 */
export interface Summary {
  /** Offset of the first character of each line. */
  readonly lines: readonly number[]
  /** By local name. */
  readonly imports: Readonly<Record<string, ImportBinding>>
  /** By exported name. */
  readonly exports: Readonly<Record<string, ExportBinding>>
  /** `export * from`. */
  readonly stars: readonly StarExport[]
  /**
   * Top-level declarations by name, as far as an export can lead to them; an anonymous default export
   * is called `default`.
   */
  readonly declarations: Readonly<Record<string, Declaration>>
  /** Names that exist only as types. */
  readonly types: readonly string[]
  /** Places that change, or may change, what a top-level name holds. */
  readonly mutations: readonly Mutation[]
  /** The first one. What else the summary holds is then unreliable. */
  readonly syntaxError?: SyntaxError
}

/** Start and exclusive end of some source text. */
export interface Span {
  readonly at: number
  readonly end: number
}

export interface ImportBinding extends Span {
  readonly specifier: string
  /** `*` for the namespace. */
  readonly name: string
  readonly typeOnly?: true
}

export type ExportBinding =
  | (Span & { readonly from: 'here'; readonly name: string })
  | (Span & { readonly from: 'module'; readonly specifier: string; readonly name: string })

export interface StarExport extends Span {
  readonly specifier: string
}

export interface Declaration extends Span {
  readonly value: Expression
  /** Declared in a way that allows another value later. */
  readonly keyword?: 'let' | 'var'
}

export interface Mutation extends Span {
  readonly root: string
  /** The first member on the way: `admin` for `routes.admin.list = …`. */
  readonly member?: string
  /**
   * `passed`: given to a function whose result is not used, so that it is called for its effect.
   * `handed`: given to `callee`, which may do more than return a value.
   */
  readonly how: 'changed' | 'passed' | 'handed'
  readonly callee?: string
}

export interface SyntaxError extends Span {
  readonly message: string
}

export type Expression = Span &
  (
    | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
    | { readonly kind: 'identifier'; readonly name: string }
    | { readonly kind: 'member'; readonly object: Expression; readonly key: Expression | string }
    | { readonly kind: 'object'; readonly properties: readonly Property[] }
    /** The object without some of its keys: what `...rest` binds in a pattern. */
    | { readonly kind: 'rest'; readonly object: Expression; readonly keys: readonly string[] }
    | { readonly kind: 'array'; readonly elements: readonly Element[] }
    | { readonly kind: 'template'; readonly parts: readonly (string | Expression)[] }
    | { readonly kind: 'call'; readonly callee: Expression; readonly arguments: readonly Element[] }
    | FunctionExpression
    | {
        readonly kind: 'conditional'
        readonly test: Expression
        readonly whenTrue: Expression
        readonly whenFalse: Expression
      }
    | {
        readonly kind: 'logical'
        readonly operator: '&&' | '||' | '??'
        readonly left: Expression
        readonly right: Expression
      }
    | { readonly kind: 'not'; readonly value: Expression }
    | { readonly kind: 'await'; readonly value: Expression }
    | { readonly kind: 'import'; readonly specifier: string }
    | { readonly kind: 'opaque'; readonly why: OpaqueReason }
  )

export interface FunctionExpression extends Span {
  readonly kind: 'function'
  readonly parameters: readonly Parameter[]
  readonly locals: readonly Local[]
  readonly result: Expression
  /** Of its parameters and locals. */
  readonly mutations?: readonly Mutation[]
}

export type Property = Span &
  (
    | { readonly kind: 'value'; readonly key: Expression | string; readonly value: Expression }
    | { readonly kind: 'spread'; readonly value: Expression }
    /** Code or schemas: that they are there is all that was kept. */
    | { readonly kind: 'body'; readonly key: string }
  )

export type Element = Span & {
  readonly kind: 'value' | 'spread'
  readonly value: Expression
}

export interface Parameter extends Span {
  readonly pattern: Pattern
  readonly rest?: true
}

export interface Local extends Span {
  readonly pattern: Pattern
  readonly value: Expression
}

/** What a parameter or declaration binds. */
export type Pattern = Span &
  (
    | { readonly kind: 'name'; readonly name: string; readonly default?: Expression }
    | {
        readonly kind: 'object'
        readonly members: readonly PatternMember[]
        readonly rest?: string
        readonly default?: Expression
      }
    | {
        readonly kind: 'array'
        readonly items: readonly (Pattern | null)[]
        readonly default?: Expression
      }
    | { readonly kind: 'unreadable' }
  )

export interface PatternMember {
  readonly key: string
  readonly value: Pattern
}

/** Why an expression was not kept. Each has its words in `analysis/interpreter/describe-opaque.ts`. */
export type OpaqueReason =
  | 'accessor'
  | 'assignment'
  | 'async-function'
  | 'class'
  | 'declared'
  | 'function-effects'
  | 'generator'
  | 'namespace'
  | 'new'
  | 'no-initializer'
  | 'operator'
  | 'pattern'
  | 'require'
  | 'tagged-template'
  | 'this'
  | 'other'
