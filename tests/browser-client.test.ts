import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import path from 'node:path'

import { createGateway, createHttpTransport, createWebSocketTransport } from '@neemata/gateway'
import { rolldown } from 'rolldown'
import { expect, onTestFinished, test } from 'vitest'

import { StreamHost } from '../packages/client/test/stream-host.ts'
import { testLimits } from '../packages/gateway/test/open-gateway.ts'
import { RecordingLogger } from '../packages/gateway/test/recording-logger.ts'
import { browser, openPage } from './support/browser.ts'

// Install Debian's `chromium`, or name a browser by CHROMIUM, to run it.
test.skipIf(browser === undefined)('the client runs in a browser', async () => {
  const page = await servePage(await bundlePage())
  const gateway = await startGateway(page.origin)
  await using opened = await openPage(
    browser ?? '',
    `${page.origin}/?gateway=${encodeURIComponent(gateway.url)}`,
  )

  const seen = {
    at: new Date(5).toISOString(),
    big: '12',
    bytes: [1, 2],
    set: ['x'],
    items: 600,
    authorization: 'Bearer page',
  }
  const result = await Promise.race([page.result, opened.ended])
  expect(JSON.parse(result)).toEqual({ http: seen, ws: seen })
  await gateway.host.untilLeft(2)
})

async function bundlePage(): Promise<string> {
  const bundle = await rolldown({
    input: path.join(import.meta.dirname, 'fixtures/browser/page.ts'),
    platform: 'browser',
    resolve: { conditionNames: ['source', 'browser', 'import'] },
  })
  const { output } = await bundle.generate({ format: 'esm', codeSplitting: false })
  await bundle.close()
  return output[0].code
}

/** Serves the page and takes what it posts. */
async function servePage(
  script: string,
): Promise<{ readonly origin: string; readonly result: Promise<string> }> {
  let receive: (result: string) => void
  const result = new Promise<string>((resolve) => {
    receive = resolve
  })
  const server = createServer(async (request, response) => {
    const { pathname, search } = new URL(request.url ?? '/', 'http://page')
    if (pathname === '/result') {
      receive(await text(request))
      response.end()
    } else if (pathname === '/page.js') {
      response.setHeader('content-type', 'text/javascript').end(script)
    } else {
      response.setHeader('content-type', 'text/html')
      response.end(`<!doctype html><script type="module" src="/page.js${search}"></script>`)
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close().closeAllConnections())
  return { origin: `http://127.0.0.1:${portOf(server)}`, result }
}

async function startGateway(origin: string): Promise<{ url: string; host: StreamHost }> {
  const host = new StreamHost()
  const cors = { origins: [origin], credentials: true }
  const http = createHttpTransport('http', { host: '127.0.0.1', port: 0, cors })
  const ws = createWebSocketTransport('ws', { path: '/ws', listen: http })
  const logger = new RecordingLogger()
  const gateway = createGateway({ host, transports: [http, ws], limits: testLimits, logger })
  await gateway.start()
  onTestFinished(() => gateway.stop({ timeout: 0 }))
  return { url: gateway.addresses()[0]?.url ?? '', host }
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}
