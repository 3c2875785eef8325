import type { CallOptions } from '@neemata/application'

import type { AnyJob, Job } from './job.ts'

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

/** Every job of the system by its name, `'shop/reindex'`; any name until the first `neemata generate`. */
export type JobContract = Register extends { jobs: infer Jobs } ? Jobs : Record<string, AnyJob>

export type JobName = keyof JobContract & string

/** What a job is added with. */
export type JobInput<Name extends JobName> =
  JobContract[Name] extends Job<infer Input, any> ? Input : never

/** What waiting for a job gives. */
export type JobOutput<Name extends JobName> =
  JobContract[Name] extends Job<any, infer Output> ? Output : never
