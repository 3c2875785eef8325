import type { DiagnosticCode } from '../../diagnostics/catalogue.ts'
import type { OpaqueValue } from './value.ts'
import type { Place } from './place.ts'

/** Why a value can't be known: becomes a diagnostic if the value turns out to be needed. */
export interface Refusal {
  readonly code: DiagnosticCode
  readonly message: string
  readonly hint?: string
  readonly related?: readonly { readonly message: string; readonly place: Place }[]
}

export function refuse(place: Place, refusal: Refusal): OpaqueValue {
  return { type: 'opaque', place, refusal }
}
