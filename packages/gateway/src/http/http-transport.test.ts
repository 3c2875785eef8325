import { describe, test } from 'vitest'

import { FixtureHost } from '../../test/fixture-host.ts'
import { startHttp } from '../../test/http-under-test.ts'
import { transportBehaviours } from '../../test/transport-suite.ts'

describe('HTTP as a transport', () => {
  test.each(Object.entries(transportBehaviours))('%s', async (_, check) => {
    const host = new FixtureHost()
    const transport = await startHttp(host)
    try {
      await check(transport, host)
    } finally {
      await transport.stop({ timeout: 0 })
    }
  })
})
