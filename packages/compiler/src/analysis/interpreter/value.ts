import type { ExportReference } from '../../model/model.ts'
import type { FunctionExpression } from '../../syntax/summary.ts'
import type { DefinitionKind } from './definers.ts'
import type { Place } from './place.ts'
import type { Refusal } from './refusal.ts'
import type { Scope } from './scope.ts'

/** A value as far as it can be known without running the program. Immutable. */
export type Value =
  | DefinitionValue
  | ObjectValue
  | ArrayValue
  | NamespaceValue
  | FunctionValue
  | DefinerValue
  | ExternalValue
  | LiteralValue
  | PromiseValue
  | OpaqueValue

/** Evaluated when first asked for, since modules may import each other in a circle. */
export type Lazy<T = Value> = () => T

interface Known {
  /** Where the value comes into being. */
  readonly place: Place
  /** How to import it; absent when only a value that holds it can be imported. */
  readonly reference?: ExportReference
}

/** What a `define…` function returns. */
export interface DefinitionValue extends Known {
  readonly type: 'definition'
  readonly kind: DefinitionKind
  /** The same for all views of one value. */
  readonly identity: object
  readonly arguments: ArgumentList
  /** The name that it is declared with. */
  readonly declared?: Place
  /** Set when a condition chooses between several of one kind; the first is this value. */
  readonly alternatives?: readonly DefinitionValue[]
}

export interface ObjectValue extends Known {
  readonly type: 'object'
  readonly identity: object
  readonly content: Lazy<ObjectContent>
}

export interface ObjectContent {
  readonly entries: ReadonlyMap<string, ObjectEntry>
  /** Parts that can't be followed, in order: keys or spreads that may hold anything. */
  readonly unknown: readonly OpaqueValue[]
  /** Keys that a later part overrides. */
  readonly overridden: readonly {
    readonly key: string
    readonly first: Place
    readonly second: Place
  }[]
}

export interface ObjectEntry {
  /** Of the key, or of the spread that brings it. */
  readonly place: Place
  readonly value: Lazy
  /** A later part that can't be followed and may override it. */
  readonly uncertain?: OpaqueValue
}

export interface ArrayValue extends Known {
  readonly type: 'array'
  readonly items: Lazy<readonly ArrayItem[]>
  /** Why the items aren't all known. */
  readonly unknown: Lazy<OpaqueValue | undefined>
}

export interface ArrayItem {
  readonly place: Place
  readonly value: Lazy
}

export interface NamespaceValue extends Known {
  readonly type: 'namespace'
  readonly file: string
}

export interface FunctionValue extends Known {
  readonly type: 'function'
  readonly code: FunctionExpression
  readonly scope: Scope
}

/** One of the `define…` functions. */
export interface DefinerValue extends Known {
  readonly type: 'definer'
  readonly kind: DefinitionKind
}

/** Something that is not read: of a package, of the platform, or of a file that is not code. */
export interface ExternalValue extends Known {
  readonly type: 'external'
  readonly origin: 'package' | 'global' | 'asset'
  /** As the source names it: `pg.Pool`, `process.env.PORT`. */
  readonly name: string
  /** The specifier, for packages and assets. */
  readonly module?: string
  /** The whole module, as `import *` gives it. */
  readonly namespace?: true
}

export interface LiteralValue extends Known {
  readonly type: 'literal'
  readonly value: string | number | boolean | null | undefined
}

export interface PromiseValue extends Known {
  readonly type: 'promise'
  readonly value: Value
}

export interface OpaqueValue extends Known {
  readonly type: 'opaque'
  readonly refusal: Refusal
}

export interface ArgumentList {
  readonly items: readonly Lazy[]
  /** Set when a spread among the arguments can't be followed. */
  readonly unknown?: OpaqueValue
}
