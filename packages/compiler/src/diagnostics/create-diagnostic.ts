import { catalogue, type DiagnosticCode } from './catalogue.ts'
import type { CatalogueEntry } from './catalogue-entry.ts'
import type { Diagnostic, RelatedPlace, SourcePlace } from './diagnostic.ts'

export interface DiagnosticDetails {
  /** What happened, about this very place: a sentence. */
  readonly message: string
  readonly at?: SourcePlace | undefined
  /** What to do about it. Default: the fix that the catalogue gives for the code. */
  readonly hint?: string | undefined
  /** The config option it concerns, `apps.shop.transports.0`. */
  readonly configPath?: string | undefined
  readonly related?: readonly RelatedPlace[] | undefined
}

/** Makes a frozen diagnostic; severity and default hint come from the catalogue. */
export function createDiagnostic(code: DiagnosticCode, details: DiagnosticDetails): Diagnostic {
  const entry: CatalogueEntry = catalogue[code]
  return Object.freeze({
    code,
    severity: entry.severity,
    message: details.message,
    hint: details.hint ?? entry.fix,
    ...(details.at && { at: details.at }),
    ...(details.configPath !== undefined && { configPath: details.configPath }),
    related: Object.freeze([...(details.related ?? [])]),
  })
}
