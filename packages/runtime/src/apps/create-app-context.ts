import type { Binder } from '../container/binder.ts'
import type { Container } from '../container/container.ts'
import type { CallServices } from '../pipeline/call-services.ts'
import { createPlan } from '../pipeline/create-plan.ts'
import type { Session } from '../pipeline/session.ts'
import { setUpPlugins } from '../plugins/set-up-plugins.ts'
import type { RegistryApp } from '../registry.ts'
import type { AppContext } from './app-context.ts'
import { bindApp } from './bind-app.ts'
import { createGlobals, findNodes } from './create-globals.ts'
import { type PreparedApp, prepareApp } from './prepare-app.ts'
import type { NodeClaim, SharedNodes } from './shared-nodes.ts'

export interface AppContextOptions {
  readonly name: string
  readonly registry: RegistryApp
  readonly binder: Binder
  readonly container: Container
  readonly services: CallServices
  readonly shared: SharedNodes
  /** The context that this one is going to replace: what is its alone is made anew, not taken over. */
  readonly replaces?: AppContext | undefined
  /** The app's modules, if they are loaded already. */
  readonly prepared?: PreparedApp | undefined
}

/**
 * Loads an application, sets up its plugins, binds it and creates its global values; on a failure, releases what it had created.
 * @throws NeemataError of the step that failed
 */
export async function createAppContext(options: AppContextOptions): Promise<AppContext> {
  const { name, registry, services } = options
  const logger = services.logger.child({ app: name })
  const { loaded, hooks } = options.prepared ?? (await prepareApp(name, registry))
  const plugins = await setUpPlugins(name, loaded.plugins)
  const restore = options.replaces && options.shared.renew(options.replaces.claim)
  const container = options.container.forkApp(logger)
  let claim: NodeClaim | undefined
  try {
    const provide = plugins.flatMap((plugin) => plugin.provide)
    const bound = bindApp({ app: loaded, runtime: options.binder, logger, provide })
    hooks.bind({ plugins, binder: bound.binder, container })
    const nodes = findNodes(bound, hooks.dependencies())
    claim = options.shared.claim(nodes)
    await createGlobals(bound, nodes, container)
    const home = { name, container, services }
    const plans = new Map(
      bound.procedures.map((procedure) => [procedure.loaded.path, createPlan(procedure, home)]),
    )
    const { identity, binder } = bound
    const sessions = new Set<Session>()
    const made = { name, registry, logger, container, services, hooks }
    return { ...made, plans, identity, binder, claim, sessions }
  } catch (error) {
    await container.dispose()
    await claim?.release()
    restore?.()
    throw error
  }
}
