import { createDiagnostic, type DiagnosticDetails } from '../diagnostics/create-diagnostic.ts'
import type { DiagnosticCode } from '../diagnostics/catalogue.ts'
import type { Diagnostic, RelatedPlace } from '../diagnostics/diagnostic.ts'
import { formatPlace, type Place, toSourcePlace } from './interpreter/place.ts'
import type { OpaqueValue } from './interpreter/value.ts'

export interface Problem {
  readonly message: string
  readonly place?: Place | undefined
  readonly hint?: string | undefined
  readonly related?: readonly { readonly message: string; readonly place: Place }[]
  readonly configPath?: string
}

/**
 * Collects what is wrong. A construct that several routes lead to is reported once, with the first of
 * them as a related place.
 */
export class Report {
  readonly diagnostics: Diagnostic[] = []
  private readonly seen = new Set<string>()

  add(code: DiagnosticCode, problem: Problem): void {
    const { message, place, hint, configPath } = problem
    const key = `${code} ${place ? formatPlace(place) : (configPath ?? message)}`
    if (this.seen.has(key)) return
    this.seen.add(key)
    const related: RelatedPlace[] = (problem.related ?? []).map((one) => ({
      message: one.message,
      at: toSourcePlace(one.place),
    }))
    const details: DiagnosticDetails = { message, hint, configPath, related }
    this.diagnostics.push(
      createDiagnostic(code, place ? { ...details, at: toSourcePlace(place) } : details),
    )
  }

  /** A value is needed that can't be known; `neededBy` says what for. */
  refusal(
    { place, refusal }: OpaqueValue,
    neededBy?: { readonly message: string; readonly place: Place },
  ): void {
    const { code, message, hint, related = [] } = refusal
    const elsewhere = neededBy !== undefined && formatPlace(neededBy.place) !== formatPlace(place)
    this.add(code, { message, place, hint, related: elsewhere ? [...related, neededBy] : related })
  }
}
