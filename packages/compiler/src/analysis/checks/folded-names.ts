import type { DiagnosticCode } from '../../diagnostics/catalogue.ts'
import { createDiagnostic } from '../../diagnostics/create-diagnostic.ts'
import type { Diagnostic, SourcePlace } from '../../diagnostics/diagnostic.ts'
import type { CrossCheck } from '../cross-check.ts'
import { declaredPlace } from './declared-place.ts'

/** Routes, jobs or commands of one app that differ only by upper and lower case. */
export function checkFoldedNames({ model }: CrossCheck): Diagnostic[] {
  return Object.values(model.apps).flatMap(({ procedures, jobs, commands }) => [
    ...checkNames({ code: 'NM3001', what: 'routes', declared: procedures }),
    ...checkNames({ code: 'NM3002', what: 'jobs', declared: jobs }),
    ...checkNames({ code: 'NM3002', what: 'commands', declared: commands }),
  ])
}

interface Names {
  readonly code: DiagnosticCode
  readonly what: string
  readonly declared: Readonly<Record<string, { readonly at: string }>>
}

function checkNames({ code, what, declared }: Names): Diagnostic[] {
  const byFolded = new Map<string, string[]>()
  for (const name of Object.keys(declared)) {
    const folded = name.toLowerCase()
    byFolded.set(folded, [...(byFolded.get(folded) ?? []), name])
  }
  const diagnostics: Diagnostic[] = []
  for (const [first, ...others] of byFolded.values()) {
    for (const other of others) {
      if (first === undefined) continue
      diagnostics.push(
        createDiagnostic(code, {
          message: `The ${what} \`${first}\` and \`${other}\` differ only by case.`,
          at: declaredPlace(declared[other]?.at),
          related: relatedTo(first, declared[first]?.at),
        }),
      )
    }
  }
  return diagnostics
}

function relatedTo(name: string, at: string | undefined): { message: string; at: SourcePlace }[] {
  const place = declaredPlace(at)
  return place ? [{ message: `\`${name}\` is declared here`, at: place }] : []
}
