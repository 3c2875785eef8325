import { createHash } from 'node:crypto'
import { join } from 'node:path'

import type { Plugin } from 'vite'

import { groupByApp } from '../bundle/app-chunks.ts'
import { findInstalledPackage } from '../bundle/package-name.ts'
import { type BuildOutcome, runBuild } from '../bundle/run-build.ts'
import type { Model } from '../model/model.ts'
import { generatedDirectory } from '../render/paths.ts'

import { keepInstalledExternal } from './installed-packages.ts'

export interface DevBuild extends BuildOutcome {
  /** The module to run, absolute. */
  readonly main: string
  /** Tells whether another build would run differently. */
  readonly fingerprint: string
  /** The project's files that it is made of, absolute; after a failure, those known so far. */
  readonly modules: readonly string[]
}

/** Bundles `generated/dev/main.ts` into `.neemata/dev/`, quickly: only what may change while developing. */
export async function buildDev({ root, model }: { root: string; model: Model }): Promise<DevBuild> {
  const directory = join(root, '.neemata', 'dev')
  const modules = new Set<string>()
  const hash = createHash('sha256')
  const outcome = await runBuild({
    root,
    entries: { main: join(root, generatedDirectory, 'dev', 'main.ts') },
    directory,
    mode: 'development',
    plugins: [
      keepInstalledExternal(directory),
      groupByApp({ root, model }),
      observe({ modules, hash: (text) => hash.update(text) }),
    ],
  })
  return {
    ...outcome,
    main: join(directory, 'main.js'),
    fingerprint: hash.digest('hex'),
    modules: [...modules].sort(),
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
