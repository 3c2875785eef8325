import type { Injectable, Scope } from './injectable.ts'

/** The named injectables that a handler or factory asks for. */
export type Dependencies<S extends Scope = Scope> = {
  readonly [name: string]: Injectable<unknown, S>
}

/** What a handler or factory receives for its `dependencies`: the values under the same names. */
export type Context<D> = {
  readonly [Name in keyof D]: D[Name] extends Injectable<infer Value> ? Value : never
}
