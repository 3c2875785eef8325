/** Marks references; a global name, so that two copies of this package recognise each other's. */
export const envBrand: unique symbol = Symbol.for('neemata.env') as typeof envBrand

export type EnvType = 'string' | 'number' | 'port' | 'url' | 'boolean' | 'enum'

/** What a reference says about its variable. */
export interface EnvVariable {
  readonly name: string
  readonly type: EnvType
  /** The accepted words of an `enum`. */
  readonly values?: readonly string[]
  readonly default?: string | number | boolean
  /** Absent is fine, and reads as `undefined`. */
  readonly optional: boolean
}

/**
 * Stands for a value that the environment holds: read and checked when the system starts, never while
 * it is compiled. Made by `env.string`, `env.number`, `env.port`, `env.url`, `env.boolean`, `env.enum`.
 */
export interface EnvReference<out T = unknown> {
  readonly [envBrand]: EnvVariable
  /** The type of the value; absent at run time. */
  readonly '~value'?: T
  /** The same reference, for a variable that may be absent; it then reads as `undefined`. */
  optional(): EnvReference<T | undefined>
}

/** A value, or where the environment holds it. */
export type Configured<T> = T | EnvReference<T>

/** Makes a frozen reference. */
export function createEnvReference<T>(variable: EnvVariable): EnvReference<T> {
  const reference = { [envBrand]: Object.freeze(variable) }
  // Not enumerable: to whoever lists its keys, a reference is nothing but its variable.
  Object.defineProperty(reference, 'optional', {
    value: () => createEnvReference<T | undefined>({ ...variable, optional: true }),
  })
  return Object.freeze(reference) as EnvReference<T>
}

/** Tells whether a value is a reference, made by any copy of this package. */
export function isEnvReference(value: unknown): value is EnvReference {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, envBrand)
}
