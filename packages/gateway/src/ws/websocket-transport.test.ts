import { describe, test } from 'vitest'

import { createFixtureRoutes, FixtureHost } from '../../test/fixture-host.ts'
import { transportBehaviours } from '../../test/transport-suite.ts'
import { startWebSocket } from '../../test/ws-under-test.ts'

describe('WebSocket as a transport', () => {
  test.each(Object.entries(transportBehaviours))('%s', async (_, check) => {
    const host = new FixtureHost()
    host.table = createFixtureRoutes(['ws'])
    const transport = await startWebSocket(host)
    try {
      await check(transport, host)
    } finally {
      await transport.stop({ timeout: 0 })
    }
  })
})
