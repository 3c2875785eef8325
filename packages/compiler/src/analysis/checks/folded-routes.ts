import { createDiagnostic } from '../../diagnostics/create-diagnostic.ts'
import type { Diagnostic, SourcePlace } from '../../diagnostics/diagnostic.ts'
import type { AppModel } from '../../model/model.ts'
import type { CrossCheck } from '../cross-check.ts'

/** Routes of one app that differ only by upper and lower case. */
export function checkFoldedRoutes({ model }: CrossCheck): Diagnostic[] {
  return Object.values(model.apps).flatMap(checkApp)
}

function checkApp({ procedures }: AppModel): Diagnostic[] {
  const byFolded = new Map<string, string[]>()
  for (const path of Object.keys(procedures)) {
    const folded = path.toLowerCase()
    byFolded.set(folded, [...(byFolded.get(folded) ?? []), path])
  }
  const diagnostics: Diagnostic[] = []
  for (const [first, ...others] of byFolded.values()) {
    for (const other of others) {
      if (first === undefined) continue
      diagnostics.push(
        createDiagnostic('NM3001', {
          message: `The routes \`${first}\` and \`${other}\` differ only by case.`,
          at: placeOf(procedures[other]?.at),
          related: relatedTo(first, procedures[first]?.at),
        }),
      )
    }
  }
  return diagnostics
}

function relatedTo(path: string, at: string | undefined): { message: string; at: SourcePlace }[] {
  const place = placeOf(at)
  return place ? [{ message: `\`${path}\` is declared here`, at: place }] : []
}

/** From `apps/shop/create.ts:8:14`. */
function placeOf(at: string | undefined): SourcePlace | undefined {
  const match = at === undefined ? null : /^(.*):(\d+):(\d+)$/.exec(at)
  return match
    ? { file: match[1] ?? '', line: Number(match[2]), column: Number(match[3]) }
    : undefined
}
