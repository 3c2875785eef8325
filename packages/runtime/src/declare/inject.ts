import type { Injectable } from '@neemata/application'
import type { Connection } from '@neemata/gateway'

import type { JobQueue } from './job-queue.ts'
import type { Logger } from './logger.ts'
import type { PubSub } from './pubsub.ts'
import type { Apps, Identity } from './register.ts'
import { describeRuntimeToken } from './runtime-token.ts'

/** A logger as it is, or, called with a label, one whose lines carry that label. */
export interface LoggerInjectable extends Injectable<Logger, 'global'> {
  (label: string): Injectable<Logger, 'global'>
}

/** What the runtime offers to handlers, guards, middleware, filters and injectables. */
export interface Inject {
  /**
   * The other applications, called like functions: `apps.places.get(input, { signal, timeout })`. The
   * call carries this call's identity and ends with it. Rejects with an `ApiError`.
   */
  readonly apps: Injectable<Apps, 'call'>
  /** Writes lines that carry the app's name. `inject.logger('orders')` adds a label. */
  readonly logger: LoggerInjectable
  /** Aborts when the call is cancelled, times out, or its connection goes away. */
  readonly signal: Injectable<AbortSignal, 'call'>
  /**
   * Who the call is made for: what the application's `identity` resolved to, or the caller's identity
   * in a call from another application. `undefined` where no application on the way declares one.
   */
  readonly identity: Injectable<Identity, 'connection'>
  /** The client's connection as plain data: headers, address, transport. */
  readonly connection: Injectable<Connection, 'connection'>
  /** Adds jobs of any app and follows them. */
  readonly jobs: Injectable<JobQueue, 'global'>
  /** Publishes events and subscribes to them. */
  readonly pubsub: Injectable<PubSub, 'global'>
}

export const inject: Inject = Object.freeze({
  apps: Object.freeze(describeRuntimeToken<Apps, 'call'>({ key: 'apps', scope: 'call' })),
  logger: createLoggerInjectable(),
  signal: Object.freeze(
    describeRuntimeToken<AbortSignal, 'call'>({ key: 'signal', scope: 'call' }),
  ),
  identity: Object.freeze(
    describeRuntimeToken<Identity, 'connection'>({ key: 'identity', scope: 'connection' }),
  ),
  connection: Object.freeze(
    describeRuntimeToken<Connection, 'connection'>({ key: 'connection', scope: 'connection' }),
  ),
  jobs: Object.freeze(describeRuntimeToken<JobQueue, 'global'>({ key: 'jobs', scope: 'global' })),
  pubsub: Object.freeze(describeRuntimeToken<PubSub, 'global'>({ key: 'pubsub', scope: 'global' })),
})

function createLoggerInjectable(): LoggerInjectable {
  const withLabel = (label: string): Injectable<Logger, 'global'> =>
    Object.freeze(
      describeRuntimeToken<Logger, 'global'>({ key: 'logger', scope: 'global', argument: label }),
    )
  const bare = describeRuntimeToken<Logger, 'global'>({ key: 'logger', scope: 'global' })
  return Object.freeze(Object.assign(withLabel, bare))
}
