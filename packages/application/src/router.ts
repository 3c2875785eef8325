import { createDescriptor, type Descriptor, freezeList } from './descriptor.ts'
import type { Filter } from './filter.ts'
import type { Guard } from './guard.ts'
import type { Middleware } from './middleware.ts'
import type { AnyProcedure } from './procedure.ts'
import type { AnyStream } from './stream.ts'

/** Procedures by the segment that names them; plain objects and routers nest. */
export interface Routes {
  readonly [segment: string]: AnyProcedure | AnyStream | Router | Routes
}

/** Procedures under one prefix, with the guards, middleware and filters that they share. */
export interface Router<R extends Routes = Routes> extends Descriptor<'router'> {
  readonly routes: R
  readonly guards: readonly Guard[]
  readonly middleware: readonly Middleware[]
  readonly filters: readonly Filter[]
}

export interface RouterOptions {
  /** Run for every procedure below, before the procedure's own. */
  readonly guards?: readonly Guard[]
  /** Surround every procedure below. */
  readonly middleware?: readonly Middleware[]
  /** See the errors of every procedure below, after the procedure's own. */
  readonly filters?: readonly Filter[]
}

/**
 * Declares a router. Keys are path segments (`[a-z][a-zA-Z0-9]*`), so that
 * `defineRouter({ orders: { create } })` answers at `/{app}/orders/create`. Keys must be known without
 * running the program: the compiler reads them from the source.
 */
export function defineRouter<const R extends Routes>(
  routes: R,
  options: RouterOptions = {},
): Router<R> {
  return createDescriptor('router', {
    routes,
    guards: freezeList(options.guards),
    middleware: freezeList(options.middleware),
    filters: freezeList(options.filters),
  })
}
