import { expect, test } from 'vitest'

import { openGateway } from '../../test/open-gateway.ts'

const json = { 'content-type': 'application/json' }

test('writes items as events of plain JSON', async () => {
  await using system = await openGateway()
  const response = await fetch(`${system.url}/fixture/items`, {
    method: 'POST',
    headers: { ...json, accept: 'text/event-stream' },
    body: '[1,"two\\nlines",{"three":3}]',
  })
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(await response.text()).toBe(
    'data: 1\n\ndata: "two\\nlines"\n\ndata: {"three":3}\n\nevent: end\ndata:\n\n',
  )
})

test('writes what JSON lacks in the format asked for', async () => {
  await using system = await openGateway()
  const read = async (accept: string) => {
    const response = await fetch(`${system.url}/fixture/items`, {
      method: 'POST',
      headers: { 'content-type': 'application/neemata+json', accept },
      body: '[{"$bigint":"7"},{"$undefined":true}]',
    })
    return response.text()
  }
  expect(await read('text/event-stream')).toContain('data: "7"\n\ndata: null\n\n')
  expect(await read('text/event-stream, application/neemata+json')).toContain(
    'data: {"$bigint":"7"}\n\ndata: {"$undefined":true}\n\n',
  )
})

test('answers the GET of an EventSource', async () => {
  await using system = await openGateway()
  const response = await fetch(`${system.url}/fixture/items?input=%5B5%5D`, {
    headers: { accept: 'text/event-stream' },
  })
  expect(await response.text()).toBe('data: 5\n\nevent: end\ndata:\n\n')
})

test('writes an error as a problem', async () => {
  await using system = await openGateway()
  const response = await fetch(`${system.url}/fixture/failing?input=%5B%5D`)
  const [, data = ''] = /^event: error\ndata: (.*)\n\n$/.exec(await response.text()) ?? []
  expect(JSON.parse(data)).toMatchObject({ status: 409, code: 'conflict', data: { order: '7' } })
})

test.each(['application/json', 'text/html', 'text/event-stream;q=0', ''])(
  'refuses to stream as %j',
  async (accept) => {
    await using system = await openGateway()
    const response = await fetch(`${system.url}/fixture/items`, {
      method: 'POST',
      headers: { accept },
    })
    expect(response.status).toBe(406)
    expect(system.host.events).toEqual([])
  },
)

test('allows no HEAD on a stream', async () => {
  await using system = await openGateway()
  const response = await fetch(`${system.url}/fixture/items`, { method: 'HEAD' })
  expect(response.status).toBe(405)
  expect(response.headers.get('allow')).toBe('GET, POST, OPTIONS')
})

test('breaks silence with comments', async () => {
  await using system = await openGateway({ limits: { pingInterval: 20 } })
  const response = await fetch(`${system.url}/fixture/silent?input=1`)
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  while (!text.includes('\n:\n\n:\n\n')) text += (await reader.read()).value ?? ''
  expect(text).toMatch(/^data: 1\n\n(:\n\n)+$/)
  await reader.cancel()
  await system.host.until('close', 1)
})

test('cuts a client that takes no events', async () => {
  await using system = await openGateway({ limits: { requestTimeout: 300 } })
  const input = encodeURIComponent(JSON.stringify('x'.repeat(10_000)))
  const response = await fetch(`${system.url}/fixture/counting?input=${input}`)
  expect(response.status).toBe(200)
  await system.host.until('close', 1)
  await expect.poll(() => system.host.running).toBe(0)
  await response.body?.cancel().catch(() => undefined)
})

test('tells pages of other origins about events', async () => {
  await using system = await openGateway({ cors: true })
  const response = await fetch(`${system.url}/fixture/items?input=%5B%5D`)
  expect(response.headers.get('access-control-allow-origin')).toBe('*')
})
