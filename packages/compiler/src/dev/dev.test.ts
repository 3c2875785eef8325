import { renameSync } from 'node:fs'

import { expect, test } from 'vitest'

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

async function ask(url: string): Promise<unknown> {
  return (await fetch(`${url}/shop/get`, { headers: { connection: 'close' } })).json()
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

test('serves an edit, and goes on through a broken one', async () => {
  const project = createShop(`const answer = 'one'`)
  const { dev, url } = await startDev(project)
  expect(await ask(url)).toBe('one')

  let from = dev.output().length
  project.write('shop.ts', application(`const answer = 'two'`))
  const second = await waitForUrl(dev, from)
  expect(await ask(second)).toBe('two')

  from = dev.output().length
  project.write('shop.ts', application(`const answer = = 'three'`))
  await dev.waitFor(/shop\.ts:2:16 error NM2002[^]*> 2 \|[^]*Waiting for changes/, from)
  expect(await ask(second)).toBe('two')

  from = dev.output().length
  project.write('shop.ts', application(`const answer = 'three'`))
  expect(await ask(await waitForUrl(dev, from))).toBe('three')
})

test('follows new, renamed and deleted files', async () => {
  const project = createShop(`const answer = 'one'`)
  const { dev, url } = await startDev(project)

  let from = dev.output().length
  project.write('shop.ts', application(`import { answer } from './deep/new/answer.ts'`))
  await dev.waitFor(/NM4103[^]*Waiting for changes/, from)
  expect(await ask(url)).toBe('one')

  from = dev.output().length
  project.write('deep/new/answer.ts', `export const answer = 'new'\n`)
  expect(await ask(await waitForUrl(dev, from))).toBe('new')

  from = dev.output().length
  project.write('deep/new/answer.ts.swp', `export const answer = 'saved'\n`)
  renameSync(project.path('deep/new/answer.ts.swp'), project.path('deep/new/answer.ts'))
  expect(await ask(await waitForUrl(dev, from))).toBe('saved')

  from = dev.output().length
  renameSync(project.path('deep'), project.path('moved'))
  await dev.waitFor(/NM4103[^]*Waiting for changes/, from)
})

test('regenerates when the config changes', async () => {
  const project = createShop(`const answer = 'one'`)
  const { dev } = await startDev(project)
  const from = dev.output().length
  project.write('other.ts', application(`const answer = 'other'`))
  project.write('neemata.config.ts', config('./other.ts'))
  expect(await ask(await waitForUrl(dev, from))).toBe('other')
  expect(project.read('generated/registry.ts')).toContain('../other.ts')
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
