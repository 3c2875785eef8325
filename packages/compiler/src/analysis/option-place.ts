import type { Place } from './interpreter/place.ts'
import type { DefinitionValue } from './interpreter/value.ts'

/** Where an option of a `define…` function is written: its key, or else the call. */
export function optionPlace(definition: DefinitionValue, argument: number, key: string): Place {
  const options = definition.arguments.items[argument]?.()
  if (options?.type !== 'object') return definition.place
  return options.content().entries.get(key)?.place ?? definition.place
}
