import type { ExportReference } from '../model/model.ts'
import { definerName, withArticle, type DefinitionKind } from './interpreter/definers.ts'
import { describe, isFromPackage } from './interpreter/describe-value.ts'
import type { Interpreter } from './interpreter/interpreter.ts'
import type { ArrayValue, DefinitionValue } from './interpreter/value.ts'
import { optionPlace } from './option-place.ts'
import type { Report } from './report.ts'

/** What the routers above a procedure put around it, outermost first. */
export interface Levels {
  readonly guards: readonly ExportReference[]
  readonly middleware: readonly ExportReference[]
  readonly filters: readonly ExportReference[]
}

export const noLevels: Levels = { guards: [], middleware: [], filters: [] }

interface LevelRequest {
  readonly interpreter: Interpreter
  readonly report: Report
  readonly router: DefinitionValue
  readonly outer: Levels
}

/** Adds what one router puts around the procedures below it. */
export function readLevel(request: LevelRequest): Levels {
  const { outer } = request
  return {
    guards: [...outer.guards, ...readList(request, 'guards', 'guard')],
    middleware: [...outer.middleware, ...readList(request, 'middleware', 'middleware')],
    filters: [...outer.filters, ...readList(request, 'filters', 'filter')],
  }
}

function readList(
  { interpreter, report, router }: LevelRequest,
  option: keyof Levels,
  kind: DefinitionKind,
): readonly ExportReference[] {
  const { place } = router
  const neededBy = { message: `The ${option} of this router`, place }
  const list = interpreter.member(router, option, place)
  if (list.type === 'literal' && list.value === undefined) return []
  if (list.type === 'opaque') {
    report.refusal(list, neededBy)
    return []
  }
  if (list.type !== 'array') {
    report.add('NM2017', {
      message: `The ${option} of this router are ${describe(list)}, not an array.`,
      place: optionPlace(router, 1, option),
      hint: `Give an array: \`{ ${option}: [first, second] }\`.`,
    })
    return []
  }
  const unknown = list.unknown()
  if (unknown !== undefined) {
    report.refusal(unknown, neededBy)
    return []
  }
  return readItems({ interpreter, report, list, option, kind })
}

function readItems(request: {
  readonly interpreter: Interpreter
  readonly report: Report
  readonly list: ArrayValue
  readonly option: keyof Levels
  readonly kind: DefinitionKind
}): readonly ExportReference[] {
  const { interpreter, report, list, option, kind } = request
  return list.items().flatMap(({ place }, index) => {
    const item = interpreter.member(list, String(index), place)
    if (item.type === 'definition' && item.kind === kind && item.reference) return [item.reference]
    if (item.type === 'opaque') {
      report.refusal(item, { message: `It is one of these ${option}`, place })
      return []
    }
    report.add(isFromPackage(item) ? 'NM2025' : 'NM2016', {
      message: `One of these ${option} is ${describe(item)}, not ${withArticle(kind)}.`,
      place,
      ...(!isFromPackage(item) && { hint: `Make it with \`${definerName(kind)}\`.` }),
    })
    return []
  })
}
