import { FixtureHost } from '../test/fixture-host.ts'
import { describeHost } from '../test/host-suite.ts'

describeHost('the fixture', async () => ({
  host: new FixtureHost(),
  dispose: () => Promise.resolve(),
}))
