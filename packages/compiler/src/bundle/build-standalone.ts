import type { Plugin } from 'vite'

import { type ExternalImport, keepExternal } from './external-packages.ts'
import { warnAboutOwnFiles } from './own-files.ts'
import { type BuildOutcome, runBuild, type RunBuildOptions } from './run-build.ts'
import { detectUnbundleable } from './unbundleable.ts'

export interface StandaloneOptions extends Omit<RunBuildOptions, 'mode'> {
  /** Packages that stay imports. */
  readonly external: readonly string[]
}

export interface StandaloneOutcome extends BuildOutcome {
  /** The imports that are left, by which the packages are found that have to come along. */
  readonly externals: readonly ExternalImport[]
}

/**
 * Bundles entries and all that they import, but for the external packages and those that prove
 * unfit: after a pass that found some, it begins again with them left out.
 */
export async function buildStandalone(options: StandaloneOptions): Promise<StandaloneOutcome> {
  const unfit = new Set<string>()
  for (;;) {
    const known = unfit.size
    const externals: ExternalImport[] = []
    const packages = new Set([...options.external, ...unfit])
    const outcome = await runBuild({
      ...options,
      mode: 'production',
      plugins: [
        keepExternal({ packages, found: externals }),
        detectUnbundleable(unfit),
        warnAboutOwnFiles(Object.values(options.entries)),
        endEarly(() => unfit.size > known),
        ...options.plugins,
      ],
    })
    if (unfit.size === known) return { ...outcome, externals }
  }
}

/** A pass that found packages to leave out has done its work once the modules are known. */
function endEarly(isSpoiled: () => boolean): Plugin {
  return {
    name: 'neemata:end-early',
    buildEnd(error) {
      if (error === undefined && isSpoiled()) this.error('Packages were found that stay external')
    },
  }
}
