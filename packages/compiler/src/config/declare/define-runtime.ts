import type { RuntimeOptions } from './runtime-options.ts'

const brand: unique symbol = Symbol.for('neemata.config') as typeof brand

/**
 * Describes the whole system: its applications, how they are reached and where they run. The default
 * export of `neemata.config.ts`. Returns the object that it was given.
 *
 * @example
 * export default defineRuntime({
 *   apps: { shop: './apps/shop/index.ts' },
 *   transports: { http: { type: 'http', port: env.port('PORT', 3000) } },
 * })
 */
export function defineRuntime(options: RuntimeOptions): RuntimeOptions {
  // The mark is not enumerable, and the object stays the one that was written: its identity is how a
  // message finds the source. A frozen object can't be marked, so a copy of it is.
  const marked = Object.isExtensible(options) ? options : { ...options }
  return Object.defineProperty(marked, brand, { value: true })
}

/** Tells whether a value came from `defineRuntime`, of any copy of this package. */
export function isRuntimeOptions(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, brand)
}
