import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'

import type { Plugin } from 'vite'

import { groupByApp } from '../bundle/app-chunks.ts'
import { findInstalledPackage } from '../bundle/package-name.ts'
import { type BuildOutcome, runBuild } from '../bundle/run-build.ts'
import type { Model } from '../model/model.ts'
import { generatedDirectory } from '../render/paths.ts'

import { keepInstalledExternal } from './installed-packages.ts'

const devDirectory = join('.neemata', 'dev')

export interface DevBuild extends BuildOutcome {
  /** The module to run, absolute. */
  readonly main: string
  /** Tells whether another build would run differently. */
  readonly fingerprint: string
  /** The project's files that it is made of, absolute; after a failure, those known so far. */
  readonly modules: readonly string[]
}

/**
 * Bundles `generated/dev/main.ts`, quickly: only what may change while developing. The output has a
 * folder of its own below `.neemata/dev/`, so that a server that runs, or starts, keeps its files.
 */
export async function buildDev({ root, model }: { root: string; model: Model }): Promise<DevBuild> {
  const directory = join(root, devDirectory)
  const unfinished = join(directory, 'unfinished')
  const modules = new Set<string>()
  const hash = createHash('sha256')
  const outcome = await runBuild({
    root,
    entries: { main: join(root, generatedDirectory, 'dev', 'main.ts') },
    directory: unfinished,
    mode: 'development',
    plugins: [
      keepInstalledExternal(directory),
      groupByApp({ root, model }),
      observe({ modules, hash: (text) => hash.update(text) }),
    ],
  })
  const fingerprint = hash.digest('hex').slice(0, 16)
  const finished = join(directory, fingerprint)
  if (outcome.succeeded && !existsSync(finished)) await rename(unfinished, finished)
  return { ...outcome, main: join(finished, 'main.js'), fingerprint, modules: [...modules].sort() }
}

/** Removes every build but one. */
export async function removeOtherBuilds(root: string, fingerprint: string): Promise<void> {
  const directory = join(root, devDirectory)
  for (const name of await readdir(directory)) {
    if (name !== fingerprint) await rm(join(directory, name), { recursive: true, force: true })
  }
}

function observe(options: { modules: Set<string>; hash: (text: string) => void }): Plugin {
  return {
    name: 'neemata:observe',
    buildEnd() {
      for (const id of this.getModuleIds()) {
        if (!id.startsWith('\0') && findInstalledPackage(id) === undefined) options.modules.add(id)
      }
    },
    generateBundle(_, output) {
      for (const name of Object.keys(output).sort()) {
        const file = output[name]
        if (file?.type === 'chunk') options.hash(`${name}\n${file.code}\n`)
      }
    },
  }
}
