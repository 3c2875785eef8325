import { type Injectable, kind, type Scope } from '@neemata/application'

/** The tokens whose values come from the runtime itself, not from a provision. */
export type RuntimeKey =
  | 'apps'
  | 'connection'
  | 'identity'
  | 'jobs'
  | 'logger'
  | 'pubsub'
  | 'signal'

export interface RuntimeTokenOptions<S extends Scope> {
  readonly key: RuntimeKey
  readonly scope: S
  /** Tells apart several values under one key, such as loggers with different labels. */
  readonly argument?: string
}

/** The fields of a runtime token. It is recognised by its key, so copies of this package agree. */
export function describeRuntimeToken<Value, S extends Scope>(
  options: RuntimeTokenOptions<S>,
): Injectable<Value, S> {
  const { key, scope, argument } = options
  const label = `inject.${key}${argument === undefined ? '' : `('${argument}')`}`
  return {
    [kind]: 'injectable',
    label,
    scope,
    source: Object.freeze({ type: 'token', key, argument }),
  }
}
