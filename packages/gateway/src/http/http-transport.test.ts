import { startHttp } from '../../test/http-under-test.ts'
import { describeTransport } from '../../test/transport-suite.ts'

describeTransport('HTTP', (host) => startHttp(host))
