import type { Context, Dependencies } from './dependencies.ts'
import { createDescriptor, type Descriptor } from './descriptor.ts'
import type { MaybePromise } from './schema.ts'

/**
 * How long a value lives.
 * - `global`: one per application process, made at boot, disposed at shutdown.
 * - `connection`: one per session, that is per client connection and application.
 * - `call`: one per call.
 * - `transient`: a new one for each dependant.
 */
export type Scope = 'global' | 'connection' | 'call' | 'transient'

/** The scopes that something of scope `S` may depend on: its own and the longer-lived ones. */
export type ReachableScope<S extends Scope> = S extends 'global'
  ? 'global' | 'transient'
  : S extends 'connection'
    ? 'global' | 'connection' | 'transient'
    : Scope

/** A value that exists already. */
export interface ValueSource {
  readonly type: 'value'
  readonly value: unknown
}

/** A value made on demand, after its dependencies. */
export interface FactorySource {
  readonly type: 'factory'
  readonly dependencies: Dependencies
  readonly create: (context: any) => unknown
  readonly dispose: ((value: any, context: any) => MaybePromise<void>) | undefined
}

/** A promise that somebody else provides the value. `key` names those that the runtime provides. */
export interface TokenSource {
  readonly type: 'token'
  readonly key: string | undefined
  readonly argument: string | undefined
}

export type InjectableSource = ValueSource | FactorySource | TokenSource

/** Something that handlers and factories can depend on: a value, a factory, or a token bound later. */
export interface Injectable<
  Value = unknown,
  S extends Scope = Scope,
> extends Descriptor<'injectable'> {
  /** Shown in messages; `undefined` when none was given. */
  readonly label: string | undefined
  readonly scope: S
  readonly source: InjectableSource
  /** Carries the type of the value; absent at run time. */
  readonly '~value'?: Value
}

export interface ValueInjectableOptions<Value> {
  /** Shown in messages. */
  readonly name?: string
  readonly value: Value
  readonly scope?: never
  readonly create?: never
}

export interface FactoryInjectableOptions<Value, S extends Scope, D extends Dependencies> {
  /** Shown in messages. */
  readonly name?: string
  /** Default: `global`. */
  readonly scope?: S
  readonly dependencies?: D & Dependencies<ReachableScope<NoInfer<S>>>
  /** Makes the value; called once per scope. */
  create(context: Context<D>): MaybePromise<Value>
  /** Releases the value, before the values that it depends on are released. */
  dispose?(value: NoInfer<Value>, context: Context<D>): MaybePromise<void>
  readonly value?: never
}

export interface TokenInjectableOptions<S extends Scope> {
  /** Shown in messages, so that a missing provider can be named. */
  readonly name: string
  /** Default: `global`. */
  readonly scope?: S
  readonly value?: never
  readonly create?: never
}

/**
 * Declares a value that handlers, guards, middleware and other injectables can depend on.
 *
 * - `{ value }`: a value that exists already (scope `global`).
 * - `{ create, dependencies, scope, dispose }`: a factory, called once per scope.
 * - `{ name, scope }` with a type argument: a token whose value is given by `provide`.
 *
 * @example
 * const clock = defineInjectable({ value: () => Date.now() })
 * const db = defineInjectable({ create: () => connect(), dispose: (db) => db.end() })
 * const tenant = defineInjectable<Tenant>({ name: 'tenant', scope: 'connection' })
 */
export function defineInjectable<Value>(
  options: ValueInjectableOptions<Value>,
): Injectable<Value, 'global'>
export function defineInjectable<Value>(
  options: TokenInjectableOptions<'global'>,
): Injectable<Value, 'global'>
export function defineInjectable<Value>(
  options: TokenInjectableOptions<'connection'> & { readonly scope: 'connection' },
): Injectable<Value, 'connection'>
export function defineInjectable<Value>(
  options: TokenInjectableOptions<'call'> & { readonly scope: 'call' },
): Injectable<Value, 'call'>
export function defineInjectable<
  Value,
  S extends Scope = 'global',
  D extends Dependencies = Record<never, never>,
>(options: FactoryInjectableOptions<Value, S, D>): Injectable<Value, S>
export function defineInjectable(
  options:
    | ValueInjectableOptions<unknown>
    | FactoryInjectableOptions<unknown, Scope, Dependencies>
    | TokenInjectableOptions<Scope>,
): Injectable {
  return createDescriptor('injectable', {
    label: options.name,
    scope: options.scope ?? 'global',
    source: Object.freeze(toSource(options)),
  })
}

function toSource(
  options:
    | ValueInjectableOptions<unknown>
    | FactoryInjectableOptions<unknown, Scope, Dependencies>
    | TokenInjectableOptions<Scope>,
): InjectableSource {
  if (options.create !== undefined) {
    const { dependencies, create, dispose } = options
    return { type: 'factory', dependencies: Object.freeze({ ...dependencies }), create, dispose }
  }
  if ('value' in options) return { type: 'value', value: options.value }
  return { type: 'token', key: undefined, argument: undefined }
}
