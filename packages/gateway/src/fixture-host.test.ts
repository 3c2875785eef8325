import { describe, test } from 'vitest'

import { FixtureHost } from '../test/fixture-host.ts'
import { hostBehaviours } from '../test/host-suite.ts'

describe('the fixture as a host', () => {
  test.each(Object.entries(hostBehaviours))('%s', (_, check) => check(new FixtureHost()))
})
