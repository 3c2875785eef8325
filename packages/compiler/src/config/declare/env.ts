import { createEnvReference, type EnvReference, type EnvType } from './env-reference.ts'

/**
 * References to environment variables, for the options that say so: hosts, ports, URLs, limits,
 * logging and the options of apps. The variable is read when the system starts, and a missing or
 * malformed one is reported then, together with all others.
 *
 * @example
 * transports: { http: { type: 'http', port: env.port('PORT', 3000) } }
 */
export const env = Object.freeze({
  /** Any text. */
  string: (name: string, defaultValue?: string): EnvReference<string> =>
    reference('string', name, defaultValue),
  /** A decimal number, `0.5`. */
  number: (name: string, defaultValue?: number): EnvReference<number> =>
    reference('number', name, defaultValue),
  /** A TCP port, 0 to 65535. */
  port: (name: string, defaultValue?: number): EnvReference<number> =>
    reference('port', name, defaultValue),
  /** An absolute URL, as text. */
  url: (name: string, defaultValue?: string): EnvReference<string> =>
    reference('url', name, defaultValue),
  /** `true` or `1`, `false` or `0`. */
  boolean: (name: string, defaultValue?: boolean): EnvReference<boolean> =>
    reference('boolean', name, defaultValue),
  /** One of the listed words. */
  enum: <const Word extends string>(
    name: string,
    values: readonly Word[],
    defaultValue?: NoInfer<Word>,
  ): EnvReference<Word> =>
    createEnvReference<Word>({
      name,
      type: 'enum',
      values: Object.freeze([...values]),
      ...(defaultValue !== undefined && { default: defaultValue }),
      optional: false,
    }),
})

function reference<T extends string | number | boolean>(
  type: Exclude<EnvType, 'enum'>,
  name: string,
  defaultValue: T | undefined,
): EnvReference<T> {
  return createEnvReference<T>({
    name,
    type,
    ...(defaultValue !== undefined && { default: defaultValue }),
    optional: false,
  })
}
