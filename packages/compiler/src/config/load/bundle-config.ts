import { rolldown } from 'rolldown'

import { reportBuildErrors } from './build-errors.ts'
import { createInstrumentPlugin } from './instrument-plugin.ts'
import type { TagNames } from './instrument-module.ts'
import type { LoadSession } from './load-session.ts'
import { createResolvePlugin } from './resolve-plugin.ts'

export interface ConfigBundle {
  readonly code: string
  readonly map: { readonly mappings: string; readonly sources: readonly string[] }
}

/**
 * Makes one module of the config and the local files that it imports. Packages stay imports. What is
 * wrong goes to the session; without a bundle there is at least one diagnostic.
 */
export async function bundleConfig(
  session: LoadSession,
  options: { readonly names: TagNames; readonly banner: string },
): Promise<ConfigBundle | undefined> {
  const build = await rolldown({
    input: session.file,
    cwd: session.root,
    platform: 'node',
    treeshake: false,
    logLevel: 'silent',
    plugins: [createResolvePlugin(session), createInstrumentPlugin(session, options.names)],
  })
  try {
    const { output } = await build.generate({
      format: 'es',
      dir: session.root,
      sourcemap: true,
      codeSplitting: false,
      comments: false,
      banner: options.banner,
    })
    const [chunk] = output
    return { code: chunk.code, map: chunk.map ?? { mappings: '', sources: [] } }
  } catch (error) {
    reportBuildErrors(session, error)
    return undefined
  } finally {
    await build.close()
  }
}
