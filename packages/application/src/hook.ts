import type { Context, Dependencies } from './dependencies.ts'
import { createDescriptor, type Descriptor } from './descriptor.ts'
import type { MaybePromise } from './schema.ts'

/** The moments of a process's life, in their order, and those of a session. */
export interface HookPayloads {
  /** Before anything was made. Dependencies: none. */
  'initialize:before': ProcessPayload
  /** Global values and those of plugins can be resolved. */
  'container:ready': ProcessPayload
  'initialize:after': ProcessPayload
  /** Before transports listen and consumers fetch. */
  'start:before': ProcessPayload
  /** Everything of this process's role runs. */
  'start:after': ProcessPayload
  /** Still serving; the drain begins after it. */
  'stop:before': ProcessPayload
  /** Nothing is accepted and nothing runs any more. */
  'stop:after': ProcessPayload
  'dispose:before': ProcessPayload
  'dispose:after': ProcessPayload
  /** A session begins; throwing refuses it. */
  connect: SessionPayload
  /** A session ended; exactly once for each that began. */
  disconnect: SessionPayload
}

export type HookName = keyof HookPayloads

export interface ProcessPayload {
  /** The app that the hook belongs to. */
  readonly app: string
}

export interface SessionPayload {
  readonly app: string
  /** The connection's id. */
  readonly connection: string
}

/** Runs at one moment of the lifecycle. */
export interface Hook<Name extends HookName = HookName> extends Descriptor<'hook'> {
  readonly name: Name
  readonly dependencies: Dependencies
  readonly handler: (context: any, payload: any) => MaybePromise<void>
}

export interface HookOptions<Name extends HookName, D extends Dependencies> {
  readonly dependencies?: D
  handler(context: Context<D>, payload: HookPayloads[Name]): MaybePromise<void>
}

/** Declares a hook. Hooks of one moment run plugins first, in their order, then the application's. */
export function defineHook<Name extends HookName, D extends Dependencies = Record<never, never>>(
  name: Name,
  options: HookOptions<Name, D>,
): Hook<Name> {
  return createDescriptor('hook', {
    name,
    dependencies: Object.freeze({ ...options.dependencies }),
    handler: options.handler,
  })
}
