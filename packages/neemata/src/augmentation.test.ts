import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterAll, beforeAll, expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '../../..')
const require = createRequire(import.meta.url)
const tsc = path.join(path.dirname(require.resolve('typescript/package.json')), 'bin/tsc')

let project: string

beforeAll(async () => {
  project = await mkdtemp(path.join(tmpdir(), 'neemata-types-'))
  await symlink(path.join(root, 'node_modules'), path.join(project, 'node_modules'), 'dir')
  await mkdir(path.join(project, 'generated'))
  // As a user writes it; only the condition that reads this repository's sources is ours.
  await writeFile(
    path.join(project, 'tsconfig.json'),
    JSON.stringify({
      extends: 'neemata/tsconfig',
      compilerOptions: { customConditions: ['source'], types: ['node'] },
      include: ['**/*.ts'],
    }),
  )
  await writeFile(path.join(project, 'package.json'), '{ "type": "module" }')
  await writeFile(path.join(project, 'get.ts'), getSource)
  await writeFile(path.join(project, 'generated/contract.ts'), contractSource)
})

afterAll(() => rm(project, { recursive: true }))

const getSource = `
import { defineProcedure, type Schema } from 'neemata'
declare const Id: Schema<{ id: number }>
declare const Place: Schema<{ name: string }>
export const get = defineProcedure({ input: Id, output: Place, handler: () => ({ name: 'x' }) })
`

const contractSource = `
import type { Call } from 'neemata'
export interface Contract {
  places: { get: Call<typeof import('../get.ts').get> }
}
declare module 'neemata' {
  interface Register {
    contract: Contract
    identity: { user: string }
  }
}
`

/** What the type checker says of a module in the project; empty when all is well. */
async function check(source: string): Promise<string> {
  await writeFile(path.join(project, 'use.ts'), source)
  return new Promise((resolve) => {
    execFile(process.execPath, [tsc, '-p', project, '--pretty', 'false'], (_, stdout) =>
      resolve(stdout),
    )
  })
}

test('types calls to other applications by the contract', async () => {
  const output = await check(`
import { defineProcedure, inject } from 'neemata'
export const use = defineProcedure({
  dependencies: { apps: inject.apps, identity: inject.identity, logger: inject.logger('use') },
  async handler({ apps, identity, logger }) {
    const place = await apps.places.get({ id: 1 }, { timeout: 100 })
    const name: string = place.name
    logger.info({ user: identity.user }, name)
    // @ts-expect-error: no such field
    place.nothing
    // @ts-expect-error: wrong input
    await apps.places.get({ id: 'x' })
    // @ts-expect-error: no such app
    apps.nothing
    // @ts-expect-error: no such procedure
    apps.places.nothing
  },
})
`)
  expect(output).toBe('')
})

test('reports a mistake in the project', async () => {
  const output = await check(`
import { inject } from 'neemata'
export const wrong: string = inject.apps
`)
  expect(output).toContain('use.ts(3,14): error TS2322')
})
