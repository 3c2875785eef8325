import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { arch, platform, release } from 'node:os'
import { relative } from 'node:path'

import { findTypeScript } from '../../check/find-typescript.ts'
import { compile } from '../../compile.ts'
import type { Model } from '../../model/model.ts'
import { readVersion } from '../../templates/package-root.ts'
import type { CommandResult, CommonOptions } from '../command.ts'
import { formatCount } from '../format-quantity.ts'

/** `neemata info`: what a report of a problem should begin with. */
export async function info(options: CommonOptions): Promise<CommandResult> {
  const { loaded, model, diagnostics } = await compile(options)
  const root = loaded?.root ?? options.cwd
  const versions = {
    neemata: readVersion(),
    node: process.versions.node,
    os: `${platform()} ${arch()} ${release()}`,
    typescript: findTypeScript(root)?.version ?? null,
    vite: readViteVersion(),
  }
  const config = loaded === undefined ? null : relative(options.cwd, loaded.file)
  const apps = model === undefined ? [] : describeApps(model)
  const lines = [
    ...Object.entries({ ...versions, config }).map(
      ([name, value]) => `${name.padEnd(12)}${value ?? 'not found'}`,
    ),
    ...apps.map(
      ({ name, type, procedures }) =>
        `${'app'.padEnd(12)}${name} (${type}, ${formatCount(procedures, 'procedure')})`,
    ),
  ]
  return { root, diagnostics, data: { ...versions, config, apps }, text: lines.join('\n') }
}

function describeApps({ apps }: Model) {
  return Object.entries(apps).map(([name, { type, procedures }]) => ({
    name,
    type,
    procedures: Object.keys(procedures).length,
  }))
}

function readViteVersion(): string {
  const manifest = createRequire(import.meta.url).resolve('vite/package.json')
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }
  return version
}
