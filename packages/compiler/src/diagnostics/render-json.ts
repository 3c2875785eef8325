import type { Diagnostic } from './diagnostic.ts'
import { countSeverity } from './summary.ts'

/** Diagnostics for a program: one JSON document with totals and everything that is known. */
export function renderJson(diagnostics: readonly Diagnostic[]): string {
  const document = {
    errors: countSeverity(diagnostics, 'error'),
    warnings: countSeverity(diagnostics, 'warning'),
    diagnostics,
  }
  return `${JSON.stringify(document, null, 2)}\n`
}
