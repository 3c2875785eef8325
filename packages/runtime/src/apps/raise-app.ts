import { MomentRunner } from '../lifecycle/moment-runner.ts'
import type { Phase } from '../lifecycle/moments.ts'
import type { AppContext } from './app-context.ts'
import { type AppContextOptions, createAppContext } from './create-app-context.ts'
import { prepareApp } from './prepare-app.ts'
import { disposeApp } from './retire-app.ts'

const afterValues: readonly Phase[] = [
  'container:ready',
  'initialize:after',
  'start:before',
  'start:after',
]

const onFailure: readonly Phase[] = ['stop:before', 'stop:after', 'dispose:before']

/**
 * Makes an app in a runtime that is up, and takes it through the moments that the others have passed
 * already; nothing can reach it yet. On a failure takes all back.
 * @throws NeemataError of the step that failed
 */
export async function raiseApp(options: Omit<AppContextOptions, 'prepared'>): Promise<AppContext> {
  const { name, registry, services } = options
  const runner = new MomentRunner({ logger: services.logger.child({ app: name }) })
  const prepared = await prepareApp(name, registry)
  const hooks = [prepared.hooks]
  let context: AppContext | undefined
  try {
    await runner.rise('initialize:before', hooks)
    context = await createAppContext({ ...options, prepared })
    for (const moment of afterValues) await runner.rise(moment, hooks)
    return context
  } catch (error) {
    if (context) {
      for (const moment of onFailure) await runner.fall(moment, hooks)
      await disposeApp(context)
    }
    await runner.fall('dispose:after', hooks)
    throw error
  }
}
