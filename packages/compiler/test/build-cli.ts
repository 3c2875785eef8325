import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { rolldown } from 'rolldown'
import { afterAll, beforeAll } from 'vitest'

const packageRoot: string = fileURLToPath(new URL('../', import.meta.url))
const directory: string = join(packageRoot, 'node_modules', '.cache', `test-cli-${process.pid}`)

/** The command line as a script for a child process, made of the sources as they are now. */
export const cliScript: string = join(directory, 'neemata.js')

/** Builds `cliScript` for the tests of a file. */
export function useCliScript(): void {
  beforeAll(async () => {
    mkdirSync(directory, { recursive: true })
    const bundle = await rolldown({
      input: {
        main: join(packageRoot, 'src', 'cli', 'main.ts'),
        'dev-server': join(packageRoot, 'src', 'dev', 'dev-server.ts'),
      },
      external: /^[\w@]/,
      platform: 'node',
      logLevel: 'silent',
    })
    await bundle.write({ dir: directory, format: 'esm', sourcemap: 'inline' })
    await bundle.close()
    const text = `import { runCli } from './main.js'\nprocess.exitCode = await runCli(process.argv.slice(2))\n`
    writeFileSync(cliScript, text)
  })
  afterAll(() => rmSync(directory, { recursive: true, force: true }))
}
