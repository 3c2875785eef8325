import type { CallOptions } from '@neemata/application'

/**
 * Filled in by `generated/contract.ts`, so that `inject.apps` knows every app of this system:
 * `declare module 'neemata' { interface Register { contract: Contract } }`. Adding
 * `identity: User` to it gives `inject.identity` its type.
 */
export interface Register {}

/** Used until the first `neemata generate`: any app, any procedure, unknown types. */
export interface UntypedApps {
  readonly [app: string]: UntypedRoutes
}

export type UntypedRoutes = {
  (input?: unknown, options?: CallOptions): Promise<unknown>
  readonly [segment: string]: UntypedRoutes
}

/** Every app of the system, to be called like functions: `apps.shop.orders.create(input)`. */
export type Apps = Register extends { contract: infer Contract } ? Contract : UntypedApps

/** Who a call is made for, as `inject.identity` gives it; `unknown` until `Register` says more. */
export type Identity = Register extends { identity: infer Value } ? Value : unknown
