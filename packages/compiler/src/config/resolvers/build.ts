import { relative, resolve, sep } from 'node:path'

import type { ResolvedBuild } from '../resolved-config.ts'
import { runtimeSchema } from '../schema/runtime.ts'
import type { ResolveContext } from './resolve-context.ts'

/** How the system is bundled. Whether the output folder may be replaced is checked by the build. */
export function resolveBuild(context: ResolveContext): ResolvedBuild | undefined {
  const build = context.parse(runtimeSchema.shape.build, ['build'])
  if (!build) return undefined
  const { root } = context.loaded
  const outDir = relative(root, resolve(root, build.outDir)).split(sep).join('/') || '.'
  return { outDir, external: [...new Set(build.external)].sort() }
}
