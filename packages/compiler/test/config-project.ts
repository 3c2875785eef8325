import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { rolldown } from 'rolldown'
import { onTestFinished } from 'vitest'

import { type LoadedConfig, loadConfig } from '../src/config/load.ts'
import { resolveConfig, type ResolveResult } from '../src/config/resolve.ts'

export interface ConfigProject {
  readonly root: string
  write(file: string, text: string): void
}

let configEntry: Promise<string> | undefined

/** A project in a temporary folder, with `neemata/config` installed; gone when the test ends. */
export async function createConfigProject(
  files: Readonly<Record<string, string>>,
): Promise<ConfigProject> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'neemata-config-')))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
  const installed = {
    'node_modules/neemata/package.json':
      '{ "name": "neemata", "type": "module", "exports": { "./config": "./config.js" } }',
    'node_modules/neemata/config.js': await (configEntry ??= bundleConfigEntry()),
  }
  for (const [file, text] of Object.entries({ ...installed, ...files })) write(file, text)
  return { root, write }
}

/** The source of a config file around the given options. */
export function configSource(options: string): string {
  return `import { defineApp, defineRuntime, env } from 'neemata/config'
void defineApp, env
export default defineRuntime(${options})
`
}

/** Loads a config that must be loadable. */
export async function loadProject(root: string): Promise<LoadedConfig> {
  const { loaded, diagnostics } = await loadConfig({ cwd: root })
  if (!loaded) throw new Error(`The config did not load: ${JSON.stringify(diagnostics, null, 2)}`)
  return loaded
}

/** Resolves a config with these options, in a project that has the application `./app.ts`. */
export async function resolveOptions(options: string): Promise<ResolveResult> {
  const { root } = await createConfigProject({
    'app.ts': 'export default {}\n',
    'neemata.config.ts': configSource(options),
  })
  return resolveConfig(await loadProject(root))
}

async function bundleConfigEntry(): Promise<string> {
  const input = fileURLToPath(new URL('../src/config/declare/index.ts', import.meta.url))
  const build = await rolldown({ input, platform: 'node', logLevel: 'silent' })
  const { output } = await build.generate({ format: 'es' })
  await build.close()
  return output[0].code
}
