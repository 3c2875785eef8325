import type { Format } from '../formats/format.ts'
import { negotiateFormat } from '../formats/negotiate.ts'
import { plainJson } from '../formats/plain-json.ts'

export const eventStreamType = 'text/event-stream'

/**
 * How the items of a stream shall be written: in the format that `Accept` names besides
 * `text/event-stream`, else as plain JSON. `undefined`: it takes no event stream.
 */
export function negotiateEvents(accept: string | undefined): Format | undefined {
  if (accept === undefined) return plainJson
  const ranges = accept.split(',')
  if (!ranges.some(takesEvents)) return undefined
  const others = ranges.filter((range) => !eventTypes.has(typeOf(range)))
  return (others.length > 0 ? negotiateFormat(others.join(',')) : undefined) ?? plainJson
}

const eventTypes: ReadonlySet<string> = new Set([eventStreamType, 'text/*', '*/*'])

function takesEvents(range: string): boolean {
  return eventTypes.has(typeOf(range)) && !/;\s*q=0(\.0*)?\s*(;|$)/i.test(range)
}

function typeOf(range: string): string {
  return (range.split(';')[0] ?? '').trim().toLowerCase()
}
