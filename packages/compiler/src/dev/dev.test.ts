import { once } from 'node:events'
import { renameSync } from 'node:fs'
import { Agent, get, type IncomingMessage } from 'node:http'

import { expect, onTestFinished, test } from 'vitest'

import { useCliScript } from '../../test/build-cli.ts'
import { createProject, type Project } from '../../test/create-project.ts'
import { type CliProcess, startCliScript } from '../../test/run-cli.ts'

useCliScript()

const config = (path: string): string => `import { defineRuntime, env } from 'neemata/config'

export default defineRuntime({
  apps: { shop: '${path}' },
  transports: { http: { type: 'http', port: env.port('PORT', 3000) } },
})
`

const application = (
  answer: string,
): string => `import { defineApplication, defineProcedure, defineRouter } from 'neemata'
${answer}
const get = defineProcedure({ readonly: true, handler: () => answer })
export default defineApplication({ router: defineRouter({ get }) })
`

/** A session that has begun to serve, and where. */
async function startDev(project: Project): Promise<{ dev: CliProcess; url: string }> {
  const dev = startCliScript(['dev'], { cwd: project.root, env: { PORT: '0' } })
  return { dev, url: await waitForUrl(dev, 0) }
}

async function waitForUrl(dev: CliProcess, from: number): Promise<string> {
  const [, url = ''] = await dev.waitFor(/listening on (http:\/\/[\d.:]+)/, from)
  return url
}

async function ask(url: string, app = 'shop'): Promise<any> {
  return (await fetch(`${url}/${app}/get`, { headers: { connection: 'close' } })).json()
}

/** Asks over an agent's sockets; `port` is the client's, and tells them apart. */
async function askOn(agent: Agent, url: string) {
  const request = get(url, { agent })
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  const port = response.socket.localPort
  let body = ''
  for await (const part of response) body += String(part)
  return { status: response.statusCode, body, port }
}

/** Resolves once nobody listens any more. */
async function waitUntilGone(url: string): Promise<void> {
  for (;;) {
    try {
      await ask(url)
    } catch {
      return
    }
  }
}

function createShop(answer: string): Project {
  return createProject(
    { 'neemata.config.ts': config('./shop.ts'), 'shop.ts': application(answer) },
    ['neemata', 'zod'],
  )
}

/** Resolves when a swap was reported after `from`. */
async function waitForSwap(dev: CliProcess, from: number, app = 'shop'): Promise<void> {
  await dev.waitFor(new RegExp(`Swapped ${app} in `), from)
}

test('serves an edit, and goes on through a broken one', async () => {
  const project = createShop(`const answer = 'one'`)
  const { dev, url } = await startDev(project)
  expect(await ask(url)).toBe('one')

  let from = dev.output().length
  project.write('shop.ts', application(`const answer = 'two'`))
  await dev.waitFor(/Swapped shop in \d+ ms \(shop\.ts\)/, from)
  expect(await ask(url)).toBe('two')

  from = dev.output().length
  project.write('shop.ts', application(`const answer = = 'three'`))
  await dev.waitFor(/shop\.ts:2:16 error NM2002[^]*> 2 \|[^]*Waiting for changes/, from)
  expect(await ask(url)).toBe('two')

  from = dev.output().length
  project.write('shop.ts', application(`const answer = 'three'`))
  await waitForSwap(dev, from)
  expect(await ask(url)).toBe('three')
})

test('shows where a module fails, and recovers', async () => {
  const project = createShop(`import { answer } from './answer.ts'`)
  const answerFile = (expression: string): string =>
    `const make = (): string => ${expression}\n\nexport const answer = make()\n`
  project.write('answer.ts', answerFile(`'one'`))
  const { dev, url } = await startDev(project)

  let from = dev.output().length
  project.write('answer.ts', answerFile(`{ throw new Error('no answer') }`))
  await dev.waitFor(
    /answer\.ts:1:\d+ error NM4303[^]*no answer[^]*> 1 \| const make[^]*Waiting for changes/,
    from,
  )
  expect(await ask(url)).toBe('one')

  from = dev.output().length
  project.write('answer.ts', answerFile(`{ retrun 'two' `))
  await dev.waitFor(/answer\.ts:\d+:\d+ error NM\d+[^]*> \d+ \|[^]*Waiting for changes/, from)
  expect(await ask(url)).toBe('one')

  from = dev.output().length
  project.write('answer.ts', answerFile(`'two'`))
  await waitForSwap(dev, from)
  expect(await ask(url)).toBe('two')
})

test('names an injectable that can not be made', async () => {
  const project = createShop(`const answer = 'one'`)
  const { dev, url } = await startDev(project)
  const from = dev.output().length
  project.write(
    'shop.ts',
    `import { defineApplication, defineInjectable, defineProcedure, defineRouter } from 'neemata'
const db = defineInjectable({
  name: 'db',
  create: (): string => {
    throw new Error('refused')
  },
})
const get = defineProcedure({ readonly: true, dependencies: { db }, handler: ({ db }) => db })
export default defineApplication({ router: defineRouter({ get }) })
`,
  )
  await dev.waitFor(/shop\.ts:5:11 error NM4304[^]*"db"[^]*refused[^]*> 5 \|/, from)
  expect(await ask(url)).toBe('one')
})

test('follows new, renamed and deleted files', async () => {
  const project = createShop(`const answer = 'one'`)
  const { dev, url } = await startDev(project)

  let from = dev.output().length
  project.write('shop.ts', application(`import { answer } from './deep/new/answer.ts'`))
  await dev.waitFor(/shop\.ts:2:24 error NM4103[^]*> 2 \|[^]*Waiting for changes/, from)
  expect(await ask(url)).toBe('one')

  from = dev.output().length
  project.write('deep/new/answer.ts', `export const answer = 'new'\n`)
  await waitForSwap(dev, from)
  expect(await ask(url)).toBe('new')

  from = dev.output().length
  project.write('deep/new/answer.ts.swp', `export const answer = 'saved'\n`)
  renameSync(project.path('deep/new/answer.ts.swp'), project.path('deep/new/answer.ts'))
  await waitForSwap(dev, from)
  expect(await ask(url)).toBe('saved')

  from = dev.output().length
  renameSync(project.path('deep'), project.path('moved'))
  await dev.waitFor(/NM4103[^]*Waiting for changes/, from)
  expect(await ask(url)).toBe('saved')
})

test('keeps sockets open and serves a new route', async () => {
  const project = createShop(`const answer = 'one'`)
  const { dev, url } = await startDev(project)
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  onTestFinished(() => agent.destroy())
  const first = await askOn(agent, `${url}/shop/get`)
  expect(first).toMatchObject({ status: 200, body: '"one"' })

  const from = dev.output().length
  project.write(
    'more.ts',
    `import { defineProcedure } from 'neemata'
export const more = defineProcedure({ readonly: true, handler: () => 'more' })
`,
  )
  project.write(
    'shop.ts',
    application(`import { more } from './more.ts'\nconst answer = 'two'`).replace(
      '{ get }',
      '{ get, more }',
    ),
  )
  await waitForSwap(dev, from)
  const second = await askOn(agent, `${url}/shop/get`)
  expect(second).toEqual({ status: 200, body: '"two"', port: first.port })
  expect(await askOn(agent, `${url}/shop/more`)).toEqual({
    status: 200,
    body: '"more"',
    port: first.port,
  })
})

test('swaps the apps that an edit concerns, and no other', async () => {
  const app = (
    name: string,
  ): string => `import { defineApplication, defineInjectable, defineProcedure, defineRouter } from 'neemata'
import { shared } from './shared.ts'
import { own } from './${name}-own.ts'
const boot = defineInjectable({ name: 'boot', create: () => Math.random() })
const get = defineProcedure({
  readonly: true,
  dependencies: { boot },
  handler: ({ boot }) => ({ boot, own, shared }),
})
export default defineApplication({ router: defineRouter({ get }) })
`
  const files = {
    'neemata.config.ts': config('./shop.ts').replace('shop:', `cart: './cart.ts', shop:`),
    'shared.ts': `export const shared = 1\n`,
    'shop.ts': app('shop'),
    'shop-own.ts': `export const own = 1\n`,
    'cart.ts': app('cart'),
    'cart-own.ts': `export const own = 1\n`,
  }
  const project = createProject(files, ['neemata', 'zod'])
  const { dev, url } = await startDev(project)
  const state = async () => ({ cart: await ask(url, 'cart'), shop: await ask(url, 'shop') })
  const before = await state()

  let from = dev.output().length
  project.write('shop-own.ts', `export const own = 2\n`)
  await waitForSwap(dev, from)
  const between = await state()
  expect(between.cart).toEqual(before.cart)
  expect(between.shop).toMatchObject({ own: 2, shared: 1 })
  expect(between.shop).not.toHaveProperty('boot', before.shop.boot)

  from = dev.output().length
  project.write('shared.ts', `export const shared = 2\n`)
  await waitForSwap(dev, from)
  await waitForSwap(dev, from, 'cart')
  const after = await state()
  expect(after).toMatchObject({ cart: { own: 1, shared: 2 }, shop: { own: 2, shared: 2 } })
  expect(after.cart.boot).not.toBe(before.cart.boot)
})

test('regenerates when the config changes', async () => {
  const project = createShop(`const answer = 'one'`)
  const { dev, url } = await startDev(project)
  let from = dev.output().length
  project.write('other.ts', application(`const answer = 'other'`))
  project.write('neemata.config.ts', config('./other.ts'))
  await waitForSwap(dev, from)
  expect(await ask(url)).toBe('other')
  expect(project.read('generated/registry.ts')).toContain('../other.ts')

  from = dev.output().length
  project.write('neemata.config.ts', config('./other.ts').replace('shop:', 'store:'))
  const restarted = await waitForUrl(dev, from)
  await dev.waitFor(/Restarted in .*, because the topology changed/, from)
  expect(await ask(restarted, 'store')).toBe('other')
})

test('starts with a broken project, and waits', async () => {
  const project = createShop(`const answer = = 'one'`)
  const dev = startCliScript(['dev'], { cwd: project.root, env: { PORT: '0' } })
  await dev.waitFor(/NM2002[^]*Waiting for changes/)
  project.write('shop.ts', application(`const answer = 'mended'`))
  expect(await ask(await waitForUrl(dev, 0))).toBe('mended')
})

test('reports a server that ends by itself', async () => {
  const project = createShop(`const answer = 'one'`)
  const { dev } = await startDev(project)
  let from = dev.output().length
  project.write('shop.ts', application(`const answer = 'two'\nprocess.exit(7)`))
  await dev.waitFor(/NM4301[^]*code 7/, from)
  from = dev.output().length
  project.write('shop.ts', application(`const answer = 'three'`))
  expect(await ask(await waitForUrl(dev, from))).toBe('three')
})

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  'ends with its server on %s',
  async (signal) => {
    const { dev, url } = await startDev(createShop(`const answer = 'one'`))
    expect(await dev.end(signal)).toEqual({ code: 0, signal: null })
    await expect(ask(url)).rejects.toThrow()
  },
)

test('leaves no server behind when it is killed', async () => {
  const { dev, url } = await startDev(createShop(`const answer = 'one'`))
  expect(await dev.end('SIGKILL')).toEqual({ code: null, signal: 'SIGKILL' })
  await waitUntilGone(url)
})
