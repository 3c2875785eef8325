import { relative, sep } from 'node:path'

import { createDiagnostic } from '../diagnostics/create-diagnostic.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { FailurePlace, ModuleFailure } from './messages.ts'

const codes = {
  syntax: 'NM4102',
  import: 'NM4103',
  evaluation: 'NM4303',
  start: 'NM4304',
} as const satisfies Readonly<Record<ModuleFailure['kind'], string>>

/** A failure of the serving process, as all stages report what is wrong. */
export function describeFailure({ kind, message, place }: ModuleFailure, root: string): Diagnostic {
  return createDiagnostic(codes[kind], { message, at: place && locate(place, root) })
}

function locate({ file, line, column, endColumn }: FailurePlace, root: string) {
  const start = { file: relative(root, file).replaceAll(sep, '/'), line, column }
  return endColumn === undefined ? start : { ...start, endLine: line, endColumn }
}
