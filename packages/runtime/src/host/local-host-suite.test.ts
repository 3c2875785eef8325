import { expect, test } from 'vitest'

import { hostBehaviours } from '../../../gateway/test/host-suite.ts'
import { createThreadedParts } from '../../test/threads/threaded-parts.ts'
import type { AppContext } from '../apps/app-context.ts'
import { createAppContext } from '../apps/create-app-context.ts'
import { createAppsClient } from '../apps/apps-client.ts'
import { SharedNodes } from '../apps/shared-nodes.ts'
import { Binder } from '../container/binder.ts'
import { Container } from '../container/container.ts'
import { createLogger } from '../logging/create-logger.ts'
import { TimerWheel } from '../time/timer-wheel.ts'
import { LocalHost } from './local-host.ts'

/** The applications that the host of worker threads is tested with, in this thread. */
async function createFixtureHost(): Promise<LocalHost> {
  const { registry, config } = createThreadedParts()
  const logger = createLogger({ level: 'silent' })
  const binder = new Binder()
  const container = Container.createRoot({ logger })
  const apps = new Map<string, AppContext>()
  const { callTimeout, callsPerSession } = config.limits
  const context = await createAppContext({
    name: 'fixture',
    registry: registry.apps['fixture']!,
    binder,
    container,
    shared: new SharedNodes({ binder, container }),
    services: {
      mode: 'production',
      logger,
      wheel: new TimerWheel(),
      callTimeout,
      callsPerSession,
      apps,
      createAppsClient,
    },
  })
  apps.set('fixture', context)
  const health = () => ({ live: true, ready: true })
  const host = new LocalHost({ apps, config: config.apps, health })
  host.refresh()
  return host
}

test.each(Object.entries(hostBehaviours))('%s', async (_, check) => {
  const host = await createFixtureHost()
  await check(host)
  await host.stop(1_000)
  expect(host.health().live).toBe(true)
})
