import type { Binder } from '../container/binder.ts'
import type { Container } from '../container/container.ts'
import type { Node } from '../container/node.ts'
import type { Logger } from '../declare/logger.ts'
import type { CallServices } from '../pipeline/call-services.ts'
import type { Plan } from '../pipeline/plan.ts'
import type { RegistryApp } from '../registry.ts'

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
}
