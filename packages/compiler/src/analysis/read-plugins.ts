import type { PluginModel } from '../model/model.ts'
import { withArticle } from './interpreter/definers.ts'
import { describe, isFromPackage } from './interpreter/describe-value.ts'
import { formatPlace, type Place } from './interpreter/place.ts'
import type { ArrayValue, DefinitionValue, ObjectValue } from './interpreter/value.ts'
import { optionPlace } from './option-place.ts'
import { readLiteral, type Reading } from './read-options.ts'
import { isSegment } from './segment.ts'

/** A plugin of an application, with the value that its router is read from. */
export interface FoundPlugin {
  readonly model: PluginModel
  readonly definition: DefinitionValue
  /** Where the application lists it. */
  readonly place: Place
}

/** The plugins of an application in their order. */
export function readPlugins(
  reading: Reading,
  application: DefinitionValue,
): readonly FoundPlugin[] {
  const { interpreter, report } = reading
  const neededBy = { message: 'The plugins of this application', place: application.place }
  const list = interpreter.member(application, 'plugins', application.place)
  if (list.type === 'literal' && list.value === undefined) return []
  const unknown = list.type === 'array' ? list.unknown() : undefined
  if (list.type === 'opaque' || unknown !== undefined) {
    const opaque = list.type === 'opaque' ? list : unknown
    if (opaque) report.refusal(opaque, neededBy)
    return []
  }
  if (list.type !== 'array') {
    report.add('NM2017', {
      message: `The plugins of this application are ${describe(list)}, not an array.`,
      place: optionPlace(application, 0, 'plugins'),
      hint: 'Give an array: `{ plugins: [audit] }`.',
    })
    return []
  }
  return withoutDuplicates(reading, readItems(reading, list))
}

function readItems(reading: Reading, list: ArrayValue): readonly FoundPlugin[] {
  const { interpreter, report } = reading
  return list.items().flatMap(({ place }, index): readonly FoundPlugin[] => {
    const item = interpreter.member(list, String(index), place)
    if (item.type === 'definition' && item.kind === 'plugin') {
      return readPlugin(reading, item, place)
    }
    if (item.type === 'opaque') {
      report.refusal(item, { message: 'It is one of these plugins', place })
      return []
    }
    report.add(isFromPackage(item) ? 'NM2025' : 'NM2045', {
      message: `One of these plugins is ${describe(item)}, not ${withArticle('plugin')}.`,
      place,
    })
    return []
  })
}

function readPlugin(
  reading: Reading,
  definition: DefinitionValue,
  place: Place,
): readonly FoundPlugin[] {
  const { report } = reading
  const { reference } = definition
  if (reference === undefined) {
    throw new Error(`The plugin at ${formatPlace(definition.place)} can't be reached.`)
  }
  if (definition.alternatives !== undefined) {
    report.add('NM2021', {
      message: 'A condition chooses between plugins.',
      place: definition.place,
    })
    return []
  }
  const declared = readDeclaration(reading, definition)
  if (declared === undefined) return []
  const read = readLiteral(reading, {
    ...declared,
    key: 'name',
    accepts: (value) => typeof value === 'string',
    code: 'NM2044',
    expected: 'a text that is written out',
  })
  if (read === undefined) return []
  const name = read.value
  if (!isSegment(name)) {
    const at = declared.options.content().entries.get('name')?.place
    report.add('NM2041', {
      message: `\`${name}\` can't be the name of a plugin.`,
      place: at ?? declared.definition.place,
    })
    return []
  }
  const model = { name, source: reference, at: formatPlace(definition.declared ?? place) }
  return [{ model, definition, place }]
}

/** The `definePlugin` call behind a plugin and any number of `configurePlugin` around it. */
function readDeclaration(
  { report }: Reading,
  definition: DefinitionValue,
): { readonly definition: DefinitionValue; readonly options: ObjectValue } | undefined {
  let current = definition
  for (;;) {
    const first = current.arguments.unknown ?? current.arguments.items[0]?.()
    if (first?.type === 'object') return { definition: current, options: first }
    if (first?.type === 'definition' && first.kind === 'plugin') {
      current = first
      continue
    }
    const neededBy = { message: 'The plugin is declared here', place: definition.place }
    if (first?.type === 'opaque') report.refusal(first, neededBy)
    else {
      const what = first === undefined ? 'no options' : describe(first)
      report.add(first && isFromPackage(first) ? 'NM2025' : 'NM2017', {
        message: `This plugin is made from ${what}, which can't be read.`,
        place: current.place,
        hint: 'Write `definePlugin({ name: "audit", … })`.',
      })
    }
    return undefined
  }
}

function withoutDuplicates(
  { report }: Reading,
  plugins: readonly FoundPlugin[],
): readonly FoundPlugin[] {
  const byName = new Map<string, FoundPlugin>()
  for (const plugin of plugins) {
    const { name } = plugin.model
    const other = byName.get(name)
    if (other === undefined) byName.set(name, plugin)
    else {
      report.add('NM2046', {
        message: `This application has two plugins called \`${name}\`.`,
        place: plugin.place,
        related: [{ message: 'The other one', place: other.place }],
      })
    }
  }
  return [...byName.values()]
}
