import type { Binder } from '../container/binder.ts'
import type { Container } from '../container/container.ts'
import type { Node } from '../container/node.ts'
import type { AppHooks } from '../lifecycle/app-hooks.ts'
import type { Logger } from '../declare/logger.ts'
import type { CallServices } from '../pipeline/call-services.ts'
import type { Session } from '../pipeline/session.ts'
import type { Plan } from '../pipeline/plan.ts'
import type { RegistryApp } from '../registry.ts'
import type { NodeClaim } from './shared-nodes.ts'

/** An application that is loaded, bound and ready to be called. */
export interface AppContext {
  readonly name: string
  readonly registry: RegistryApp
  readonly logger: Logger
  /** Knows what this application's tokens stand for. */
  readonly binder: Binder
  /** Holds what belongs to this app alone; its parent holds what apps share. */
  readonly container: Container
  /** What resolves the identity of a session; `undefined` where the application declares none. */
  readonly identity: Node | undefined
  readonly plans: ReadonlyMap<string, Plan>
  readonly services: CallServices
  /** Those of its plugins and its own. */
  readonly hooks: AppHooks
  /** The app's share in what all apps share. */
  readonly claim: NodeClaim
  /** Those in which a call began and that are not closed: what a replacement has to wait for. */
  readonly sessions: Set<Session>
}
