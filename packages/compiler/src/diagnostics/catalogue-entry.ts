import type { Severity } from './diagnostic.ts'

/** What the catalogue knows of a code, whatever the place. docs/diagnostics.md is made of these. */
export interface CatalogueEntry {
  readonly severity: Severity
  /** A sentence that names the mistake. */
  readonly title: string
  /** Why it can't be accepted. */
  readonly why: string
  /** What to do; the hint of a diagnostic that brings none of its own. */
  readonly fix: string
}

export type Catalogue = Readonly<Record<string, CatalogueEntry>>
