import type { Injectable, Scope } from './injectable.ts'

/** A token together with the value or the injectable that stands for it. */
export interface Provision {
  readonly token: Injectable
  readonly source: Injectable | { readonly value: unknown }
}

/**
 * Says what a token stands for: a value, or another injectable of the same type and scope.
 *
 * @example
 * defineApplication({ router, provide: [provide(mailer, smtpMailer)] })
 */
export function provide<Value, S extends Scope>(
  token: Injectable<Value, S>,
  source: Injectable<NoInfer<Value>, S | 'global'> | { readonly value: NoInfer<Value> },
): Provision {
  return Object.freeze({ token, source })
}
