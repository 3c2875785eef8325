import { createDescriptor, type Descriptor, freezeList } from './descriptor.ts'
import type { Filter } from './filter.ts'
import type { Guard } from './guard.ts'
import type { Hook } from './hook.ts'
import type { Injectable } from './injectable.ts'
import type { Middleware } from './middleware.ts'
import type { Plugin } from './plugin.ts'
import type { Provision } from './provision.ts'
import type { Router } from './router.ts'

/** One service: what it answers, who its callers are, and what surrounds every call. */
export interface Application<
  Identity = any,
  R extends Router | undefined = Router | undefined,
> extends Descriptor<'application'> {
  readonly router: R
  readonly identity: Injectable<Identity> | undefined
  readonly guards: readonly Guard[]
  readonly middleware: readonly Middleware[]
  readonly filters: readonly Filter[]
  readonly provide: readonly Provision[]
  readonly hooks: readonly Hook[]
  readonly plugins: readonly Plugin[]
}

export interface ApplicationOptions<Identity, R extends Router | undefined> {
  /** Read by the compiler; at run time the routes come from the generated registry. */
  readonly router?: R
  /**
   * Says who a connection's caller is: a structured-cloneable value, resolved once per session. If it
   * throws, the call fails. A call from another application carries that caller's identity instead.
   */
  readonly identity?: Injectable<Identity, 'global' | 'connection'>
  /** Run for every procedure, first of all guards. */
  readonly guards?: readonly Guard[]
  /** Surround every procedure, outermost. */
  readonly middleware?: readonly Middleware[]
  /** See the errors of every procedure, last of all filters. */
  readonly filters?: readonly Filter[]
  /** What this application's tokens stand for. */
  readonly provide?: readonly Provision[]
  /** Run at moments of the lifecycle, after those of the plugins. */
  readonly hooks?: readonly Hook[]
  /** Set up in this order, torn down in reverse. */
  readonly plugins?: readonly Plugin[]
}

/**
 * Declares an application: the default export of the module that `neemata.config.ts` names.
 *
 * @example
 * export default defineApplication({ router, identity, guards: [isCustomer] })
 */
export function defineApplication<Identity = unknown, R extends Router | undefined = undefined>(
  options: ApplicationOptions<Identity, R>,
): Application<Identity, R> {
  return createDescriptor('application', {
    // Without a router there is none to infer, and `R` is `undefined`.
    router: options.router as R,
    identity: options.identity,
    guards: freezeList(options.guards),
    middleware: freezeList(options.middleware),
    filters: freezeList(options.filters),
    provide: freezeList(options.provide),
    hooks: freezeList(options.hooks),
    plugins: freezeList(options.plugins),
  })
}
