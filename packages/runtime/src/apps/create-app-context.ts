import type { Binder } from '../container/binder.ts'
import type { Container } from '../container/container.ts'
import type { CallServices } from '../pipeline/call-services.ts'
import { createPlan } from '../pipeline/create-plan.ts'
import type { RegistryApp } from '../registry.ts'
import type { AppContext } from './app-context.ts'
import { bindApp } from './bind-app.ts'
import { createGlobals } from './create-globals.ts'
import { loadApp } from './load-app.ts'

export interface AppContextOptions {
  readonly name: string
  readonly registry: RegistryApp
  readonly binder: Binder
  readonly container: Container
  readonly services: CallServices
}

/**
 * Loads, binds and prepares an application; on a failure, releases what it had created.
 * @throws NeemataError of the step that failed
 */
export async function createAppContext(options: AppContextOptions): Promise<AppContext> {
  const { name, registry, services } = options
  const logger = services.logger.child({ app: name })
  const app = await loadApp(name, registry)
  const bound = bindApp({ app, runtime: options.binder, logger })
  const container = options.container.forkApp(logger)
  try {
    await createGlobals(bound, container)
    const home = { name, container, services }
    const plans = new Map(
      bound.procedures.map((procedure) => [procedure.loaded.path, createPlan(procedure, home)]),
    )
    const { identity, binder } = bound
    return { name, registry, logger, container, services, plans, identity, binder }
  } catch (error) {
    await container.dispose()
    throw error
  }
}
