import { catalogue } from './catalogue.ts'
import type { CatalogueEntry } from './catalogue-entry.ts'

const stages = [
  { prefix: 'NM1', title: 'The config' },
  { prefix: 'NM2', title: 'Applications' },
  { prefix: 'NM3', title: 'Config and applications together' },
  { prefix: 'NM4', title: 'Generated files, bundles and types' },
  { prefix: 'NM5', title: 'Commands' },
] as const

/** The page docs/diagnostics.md: every code with what it means, why, and what to do. */
export function renderDiagnosticsDocs(): string {
  const lines = [
    '# Diagnostics',
    '',
    '<!-- Rendered from packages/compiler/src/diagnostics/catalogue; a test compares. -->',
    '',
    'Everything that `neemata` can report, by code. A code never changes its meaning.',
    '',
    ...stages.flatMap(({ prefix, title }) => {
      const codes = (Object.keys(catalogue) as (keyof typeof catalogue)[])
        .filter((code) => code.startsWith(prefix))
        .sort()
      return codes.length === 0 ? [] : [`## ${title}`, '', ...codes.flatMap(renderEntry)]
    }),
  ]
  return `${lines.join('\n').trimEnd()}\n`
}

function renderEntry(code: keyof typeof catalogue): string[] {
  const entry: CatalogueEntry = catalogue[code]
  const warning = entry.severity === 'warning' ? ' (warning)' : ''
  return [
    `### ${code}${warning}`,
    '',
    entry.title,
    '',
    entry.why,
    '',
    `**What to do.** ${entry.fix}`,
    '',
  ]
}
