import type { Catalogue } from './catalogue-entry.ts'
import { analysisCatalogue } from './catalogue/analysis.ts'
import { cliCatalogue } from './catalogue/cli.ts'
import { configCatalogue } from './catalogue/config.ts'
import { outputCatalogue } from './catalogue/output.ts'

/** Everything that the compiler can report, by code. Codes never change their meaning. */
export const catalogue = {
  ...configCatalogue,
  ...analysisCatalogue,
  ...outputCatalogue,
  ...cliCatalogue,
} as const satisfies Catalogue

export type DiagnosticCode = keyof typeof catalogue
