import { type UnsupportedOption, unsupportedOptions } from '../unsupported.ts'
import type { ResolveContext } from './resolve-context.ts'

/** Refuses every option that nothing implements yet. */
export function reportUnsupported(context: ResolveContext): void {
  for (const option of unsupportedOptions) {
    for (const path of matchingPaths(context, option.path)) {
      if (!(option.when ?? isPresent)(context.value(path))) continue
      context.report('NM1050', {
        path,
        message: `${path.join('.')}: this version does not support ${option.what} yet.`,
      })
    }
  }
}

/** The paths of the config that a pattern means. */
function matchingPaths(
  context: ResolveContext,
  pattern: UnsupportedOption['path'],
): readonly (readonly string[])[] {
  let paths: readonly (readonly string[])[] = [[]]
  for (const segment of pattern) {
    paths = paths.flatMap((path) => {
      const value = context.value(path)
      if (typeof value !== 'object' || value === null) return []
      const names = segment === '*' ? Object.keys(value) : [segment]
      return names.map((name) => [...path, name])
    })
  }
  return paths.filter((path) => context.value(path) !== undefined)
}

function isPresent(value: unknown): boolean {
  return typeof value !== 'object' || value === null || Object.keys(value).length > 0
}
