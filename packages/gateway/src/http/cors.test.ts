import { expect, onTestFinished, test } from 'vitest'

import type { Cors } from '@neemata/gateway'

import { openGateway } from '../../test/open-gateway.ts'

const page = 'https://shop.test'

/** Sends one request with an `Origin` and returns the headers of the answer. */
async function ask(
  cors: Cors,
  method: string,
  path: string,
  headers: Record<string, string>,
): Promise<Response> {
  const server = await openGateway({ cors })
  onTestFinished(() => server.gateway.stop({ timeout: 0 }))
  return fetch(server.url + path, { method, headers })
}

const preflight = {
  origin: page,
  'access-control-request-method': 'POST',
  'access-control-request-headers': 'content-type, authorization',
}

test('says nothing to other origins by default', async () => {
  const answer = await ask(false, 'POST', '/fixture/echo', { origin: page })
  expect(answer.headers.get('access-control-allow-origin')).toBe(null)
  const preflightAnswer = await ask(false, 'OPTIONS', '/fixture/echo', preflight)
  expect(preflightAnswer.headers.get('access-control-allow-methods')).toBe(null)
})

test('allows every origin without credentials', async () => {
  const answer = await ask(true, 'POST', '/fixture/echo', { origin: page })
  expect(answer.headers.get('access-control-allow-origin')).toBe('*')
  expect(answer.headers.get('access-control-allow-credentials')).toBe(null)
})

test('answers a preflight with what it asks for', async () => {
  const answer = await ask(true, 'OPTIONS', '/fixture/echo', preflight)
  expect(answer.status).toBe(204)
  expect(answer.headers.get('access-control-allow-origin')).toBe('*')
  expect(answer.headers.get('access-control-allow-methods')).toBe('GET, HEAD, POST')
  expect(answer.headers.get('access-control-allow-headers')).toBe('content-type, authorization')
  expect(answer.headers.get('access-control-max-age')).toBe('600')
})

const listed: Cors = { origins: [page], credentials: true }

test('allows a listed origin with credentials', async () => {
  for (const [method, headers] of [
    ['POST', { origin: page }],
    ['OPTIONS', preflight],
  ] as const) {
    const answer = await ask(listed, method, '/fixture/echo', headers)
    expect(answer.headers.get('access-control-allow-origin')).toBe(page)
    expect(answer.headers.get('access-control-allow-credentials')).toBe('true')
    expect(answer.headers.get('vary')).toContain('Origin')
  }
})

test('lets pages read errors too', async () => {
  for (const path of ['/fixture/refuse', '/fixture/missing']) {
    const answer = await ask(listed, 'POST', path, { origin: page })
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.headers.get('access-control-allow-origin')).toBe(page)
  }
})

test.each([
  'https://evil.test',
  'https://shop.test.evil.test',
  'http://shop.test',
  'null',
  'HTTPS://SHOP.TEST',
])('does not allow %s', async (origin) => {
  const answer = await ask(listed, 'OPTIONS', '/fixture/echo', { ...preflight, origin })
  expect(answer.headers.get('access-control-allow-origin')).toBe(null)
  expect(answer.headers.get('access-control-allow-credentials')).toBe(null)
  expect(answer.headers.get('access-control-allow-methods')).toBe(null)
  expect(answer.headers.get('vary')).toBe('Origin')
})

test('tells caches about the origin without one', async () => {
  const answer = await ask(listed, 'GET', '/fixture/read/echo?input=1', {})
  expect(answer.headers.get('vary')).toBe('Accept, Origin')
})

test('sends no credentials header unless asked to', async () => {
  const cors: Cors = { origins: [page], credentials: false }
  const answer = await ask(cors, 'POST', '/fixture/echo', { origin: page })
  expect(answer.headers.get('access-control-allow-origin')).toBe(page)
  expect(answer.headers.get('access-control-allow-credentials')).toBe(null)
})
