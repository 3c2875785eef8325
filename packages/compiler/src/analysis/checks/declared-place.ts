import type { SourcePlace } from '../../diagnostics/diagnostic.ts'

/** The place that the model gives for a declaration, `apps/shop/create.ts:8:14`. */
export function declaredPlace(at: string | undefined): SourcePlace | undefined {
  const match = at === undefined ? null : /^(.*):(\d+):(\d+)$/.exec(at)
  return match
    ? { file: match[1] ?? '', line: Number(match[2]), column: Number(match[3]) }
    : undefined
}
